import type { DeliverySettings, DeliveryView } from '#contract/delivery/index.ts'
import { computed, ref, shallowRef } from 'vue'
import { request } from '../../../../api/index.ts'
import { settingsIssues } from './issues.ts'

/** How notifications are delivered: what is stored, what is being changed, and saving it. */
export function useSettings() {
  const view = shallowRef<DeliveryView | null>(null)
  const draft = ref<DeliverySettings | null>(null)
  const loadError = shallowRef<unknown>(null)
  const saveError = shallowRef<unknown>(null)
  const busy = shallowRef(false)

  const dirty = computed(() => view.value !== null && JSON.stringify(draft.value) !== JSON.stringify(view.value.settings))
  const issues = computed(() => (draft.value ? settingsIssues(draft.value) : new Set<never>()))

  function take(answer: DeliveryView) {
    view.value = answer
    draft.value = JSON.parse(JSON.stringify(answer.settings)) as DeliverySettings
  }

  async function load() {
    loadError.value = null
    try {
      take(await request('GET /api/notification-delivery'))
    }
    catch (error) {
      loadError.value = error
    }
  }

  /** @returns whether the settings are stored now */
  async function save(): Promise<boolean> {
    if (!draft.value || busy.value || issues.value.size > 0)
      return false
    busy.value = true
    saveError.value = null
    try {
      take(await request('PUT /api/notification-delivery', { body: draft.value }))
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
  return { view, draft, loadError, saveError, busy, dirty, issues, load, save }
}
