import type { Department } from '#contract/directory.ts'
import { shallowRef } from 'vue'
import { request } from '../../../../api/index.ts'
import { useSettingsDraft } from '../../../../components/settings/use-settings-draft.ts'
import { useSession } from '../../../../stores/session/index.ts'
import { settingsIssues } from './issues.ts'

/** How the organisation follows DingTalk, and the departments its settings name. */
export function useSyncSettings() {
  const session = useSession()
  /** null while unknown, and for break-glass sessions, which may not see them. */
  const departments = shallowRef<readonly Department[] | null>(null)
  const settings = useSettingsDraft({
    async read() {
      const [answer, tree] = await Promise.all([
        request('GET /api/sync/settings'),
        session.operatorUntil ? null : request('GET /api/directory/departments'),
      ])
      departments.value = tree?.departments ?? null
      return answer
    },
    write: body => request('PUT /api/sync/settings', { body }),
    issuesOf: settingsIssues,
  })
  return { settings, departments }
}
