import type { Customer } from '#contract/crm/legacy.ts'
import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { isApiError, isCancelled, request } from '../../api/index.ts'

/** One customer by id: the record, or why it cannot be shown. */
export function useCustomer(id: () => string) {
  const customer = shallowRef<Customer | null>(null)
  const error = shallowRef<unknown>(null)
  let current: AbortController | undefined

  async function load() {
    current?.abort()
    const mine = (current = new AbortController())
    error.value = null
    try {
      const answer = await request('GET /api/crm/legacy/customers/:id', { params: { id: id() }, signal: mine.signal })
      if (mine === current)
        customer.value = answer
    }
    catch (reason) {
      if (mine === current && !isCancelled(reason))
        error.value = reason
    }
  }

  watch(
    id,
    () => {
      customer.value = null
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

  return { customer, error, missing, load }
}
