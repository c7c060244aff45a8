import type { Ref } from 'vue'
import { onActivated, onScopeDispose, shallowRef } from 'vue'
import { accountKey, read } from '../../support/storage.ts'
import { useSession } from '../session/index.ts'

/** Under which name an account's drafts are kept on this device. */
export const outboxKey = (accountId: string) => accountKey(accountId, 'outbox')

/** Set by the outbox itself: what a web view did not keep is known to nobody else. */
export const outboxInUse = shallowRef(false)

/**
 * Whether there may be something that was not sent yet. Told without the outbox: whoever has nothing to send, as
 * everybody at their first visit, need not load what sends it.
 */
export function useAnythingKept(): Readonly<Ref<boolean>> {
  const session = useSession()
  const there = shallowRef(false)
  function look() {
    there.value = outboxInUse.value || (session.account !== null && read(outboxKey(session.account.id)) !== null)
  }
  look()
  onActivated(look)
  // Another web view of this device wrote something.
  window.addEventListener('storage', look)
  onScopeDispose(() => window.removeEventListener('storage', look))
  return there
}
