import type { NamedDepartment } from './named-departments.ts'
import { shallowRef } from 'vue'
import { request } from '../../../../api/index.ts'
import { useSettingsDraft } from '../../../../components/settings/use-settings-draft.ts'
import { useSession } from '../../../../stores/session/index.ts'
import { settingsIssues } from './issues.ts'
import { fetchHeldDepartments, fetchShownDepartments } from './named-departments.ts'

/** How the organisation follows DingTalk, and the departments its settings name. */
export function useSyncSettings() {
  const session = useSession()
  /** null while unknown, and for break-glass sessions, which may not see them. */
  const departments = shallowRef<readonly NamedDepartment[] | null>(null)
  const settings = useSettingsDraft({
    async read() {
      const [answer, held] = await Promise.all([
        request('GET /api/sync/settings'),
        session.operatorUntil ? null : fetchHeldDepartments(),
      ])
      departments.value = held
      // Nothing to choose from yet is no reason to withhold the other settings.
      if (held?.every(({ dingtalkId }) => dingtalkId === null))
        void fetchShownDepartments().then(shown => (departments.value = [...held, ...shown]))
      return answer
    },
    write: body => request('PUT /api/sync/settings', { body }),
    issuesOf: settingsIssues,
  })
  return { settings, departments }
}
