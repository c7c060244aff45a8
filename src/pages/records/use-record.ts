import type { RecordKind } from '#contract/crm/kinds.ts'
import type { CrmRecord } from '#contract/crm/records.ts'
import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { isApiError, isCancelled, request } from '../../api/index.ts'
import { useSession } from '../../stores/session/index.ts'

/** Records seen on this page, by who saw them: coming back shows one at once, and without a network at all. */
const seen = new Map<string, CrmRecord>()
const mostSeen = 50

/** One record: what it is, or why it cannot be shown. `fresh`: only what the server says now, for a form filled from it. */
export function useRecord(kind: () => RecordKind, id: () => string, options: { fresh?: boolean } = {}) {
  const session = useSession()
  const keyOf = () => `${session.account?.id}/${kind()}/${id()}`
  const record = shallowRef<CrmRecord | null>(null)
  const error = shallowRef<unknown>(null)
  let current: AbortController | undefined

  /** Asks for it; one that is shown stays until the answer is here. */
  async function load() {
    current?.abort()
    const mine = (current = new AbortController())
    error.value = null
    try {
      const answer = await request('GET /api/crm/:kind/:id', { params: { kind: kind(), id: id() }, signal: mine.signal })
      if (mine !== current)
        return
      record.value = answer
      seen.delete(keyOf())
      seen.set(keyOf(), answer)
      const [oldest] = seen.keys()
      if (seen.size > mostSeen && oldest !== undefined)
        seen.delete(oldest)
    }
    catch (reason) {
      if (mine !== current || isCancelled(reason))
        return
      error.value = reason
      if (isApiError(reason) && !reason.isNetwork)
        seen.delete(keyOf())
    }
  }

  watch(
    keyOf,
    () => {
      record.value = options.fresh ? null : (seen.get(keyOf()) ?? null)
      void load()
    },
    { immediate: true },
  )
  onScopeDispose(() => current?.abort())

  /** It does not exist, the reader may not see it, or the address is not one of ours. */
  const missing = computed(
    () =>
      isApiError(error.value) && (error.value.code === 'not_found' || error.value.code === 'forbidden' || error.value.code === 'validation_failed'),
  )

  return { record, error, missing, load }
}
