import type { Department } from '#contract/directory.ts'
import type { SyncSettings, SyncSettingsView } from '#contract/sync/index.ts'
import { computed, ref, shallowRef } from 'vue'
import { request } from '../../../../api/index.ts'
import { useSession } from '../../../../stores/session/index.ts'
import { settingsIssues } from './issues.ts'

/** How the organisation follows DingTalk: what is stored, what is being changed, and saving it. */
export function useSyncSettings() {
  const session = useSession()
  const view = shallowRef<SyncSettingsView | null>(null)
  const draft = ref<SyncSettings | null>(null)
  /** null while unknown, and for break-glass sessions, which may not see them. */
  const departments = shallowRef<readonly Department[] | null>(null)
  const loadError = shallowRef<unknown>(null)
  const saveError = shallowRef<unknown>(null)
  const busy = shallowRef(false)

  const dirty = computed(() => view.value !== null && JSON.stringify(draft.value) !== JSON.stringify(view.value.settings))
  const issues = computed(() => (draft.value ? settingsIssues(draft.value) : new Set<never>()))

  function take(answer: SyncSettingsView) {
    view.value = answer
    draft.value = copy(answer.settings)
  }

  /** Events are saved on their own; what is typed beside them stays. */
  function takeEvents(answer: SyncSettingsView) {
    if (view.value)
      view.value = { ...view.value, events: answer.events }
  }

  async function load() {
    loadError.value = null
    try {
      const [answer, tree] = await Promise.all([
        request('GET /api/sync/settings'),
        session.operatorUntil ? null : request('GET /api/directory/departments'),
      ])
      departments.value = tree?.departments ?? null
      take(answer)
    }
    catch (error) {
      loadError.value = error
    }
  }

  /** @returns whether the settings are stored now; otherwise `issues` or `saveError` say why not */
  async function save(): Promise<boolean> {
    if (!draft.value || busy.value || issues.value.size > 0)
      return false
    busy.value = true
    saveError.value = null
    try {
      take(await request('PUT /api/sync/settings', { body: draft.value }))
      return true
    }
    catch (error) {
      saveError.value = error
      return false
    }
    finally {
      busy.value = false
    }
  }

  void load()
  return { view, draft, departments, loadError, saveError, busy, dirty, issues, load, save, takeEvents }
}

function copy(settings: SyncSettings): SyncSettings {
  return JSON.parse(JSON.stringify(settings)) as SyncSettings
}
