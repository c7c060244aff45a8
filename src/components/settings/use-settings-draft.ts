import type { Ref, ShallowRef } from 'vue'
import { computed, ref, shallowRef } from 'vue'

interface Source<View extends { settings: object }, Issue extends string> {
  read: () => Promise<View>
  write: (settings: View['settings']) => Promise<View>
  /** What the server would refuse. */
  issuesOf: (settings: View['settings']) => Set<Issue>
}

/** Settings as a page changes them: what is stored, what is being changed, and saving it. */
export function useSettingsDraft<View extends { settings: object }, Issue extends string>({ read, write, issuesOf }: Source<View, Issue>) {
  const view: ShallowRef<View | null> = shallowRef(null)
  const draft = ref(null) as Ref<View['settings'] | null>
  const loadError = shallowRef<unknown>(null)
  const saveError = shallowRef<unknown>(null)
  const busy = shallowRef(false)

  const dirty = computed(() => view.value !== null && JSON.stringify(draft.value) !== JSON.stringify(view.value.settings))
  const issues = computed(() => (draft.value ? issuesOf(draft.value) : new Set<Issue>()))

  function take(answer: View): void {
    view.value = answer
    draft.value = JSON.parse(JSON.stringify(answer.settings)) as View['settings']
  }

  /** What is saved on its own; what is typed beside it stays. */
  function takePart<Name extends Exclude<keyof View, 'settings'>>(answer: View, name: Name): void {
    if (view.value)
      view.value = { ...view.value, [name]: answer[name] }
  }

  async function load(): Promise<void> {
    loadError.value = null
    try {
      take(await read())
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
      take(await write(draft.value))
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
  return { view, draft, loadError, saveError, busy, dirty, issues, load, save, takePart }
}

export type SettingsDraft<View extends { settings: object }, Issue extends string = string> = ReturnType<typeof useSettingsDraft<View, Issue>>
