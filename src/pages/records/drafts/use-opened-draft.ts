import type { Draft } from '../../../stores/outbox/index.ts'
import { onScopeDispose, shallowRef } from 'vue'
import { useOutbox } from '../../../stores/outbox/index.ts'

/** The draft a form goes on with: it is not sent while the form is open. `gone` is called when it has just been sent instead. */
export function useOpenedDraft(which: (draft: Draft) => boolean, gone?: () => void) {
  const { drafts, openDraft, closeDraft } = useOutbox()
  const key = drafts.value.find(which)?.key
  const draft = shallowRef<Draft>()
  const ready = shallowRef(key === undefined)

  if (key !== undefined) {
    void openDraft(key).then((found) => {
      if (!found && gone)
        return gone()
      draft.value = found
      ready.value = true
    })
    // The form, which is within, may keep what it has when it goes: it does so before this.
    onScopeDispose(() => queueMicrotask(() => closeDraft(key)))
  }
  return { draft, ready }
}
