import type { Ref } from 'vue'
import { onScopeDispose, shallowRef } from 'vue'

/** Whether list and detail fit side by side: the width from which the layout shows its side bar. */
export function useWide(view: Pick<Window, 'matchMedia'> = window): Readonly<Ref<boolean>> {
  const query = view.matchMedia('(min-width: 900px)')
  const wide = shallowRef(query.matches)
  const update = () => {
    wide.value = query.matches
  }
  // Safari before 14 knows only addListener.
  if (typeof query.addEventListener === 'function') {
    query.addEventListener('change', update)
    onScopeDispose(() => query.removeEventListener('change', update))
  }
  else {
    query.addListener(update)
    onScopeDispose(() => query.removeListener(update))
  }
  return wide
}
