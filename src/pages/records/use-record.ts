import type { RecordKind } from '#contract/crm/kinds.ts'
import type { CrmRecord } from '#contract/crm/records.ts'
import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { isApiError, isCancelled, request } from '../../api/index.ts'

/** One record: what it is, or why it cannot be shown. */
export function useRecord(kind: () => RecordKind, id: () => string) {
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
      if (mine === current)
        record.value = answer
    }
    catch (reason) {
      if (mine === current && !isCancelled(reason))
        error.value = reason
    }
  }

  watch(
    () => `${kind()}/${id()}`,
    () => {
      record.value = null
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
