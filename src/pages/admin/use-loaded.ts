import { computed, shallowRef } from 'vue'

/**
 * Something fetched for a page: its value, what went wrong, and how to try again. The old value stays meanwhile. Only the
 * latest load counts: what an earlier one answers late, or fails with, is old, as it is once a value was set otherwise
 * (a change answered with what is true now).
 */
export function useLoaded<T>(fetch: () => Promise<T>) {
  const known = shallowRef<T | null>(null)
  const error = shallowRef<unknown>(null)
  let latest = 0

  const value = computed<T | null>({
    get: () => known.value,
    set: (found) => {
      latest += 1
      known.value = found
    },
  })

  async function load() {
    latest += 1
    const mine = latest
    error.value = null
    try {
      const found = await fetch()
      if (mine === latest)
        known.value = found
    }
    catch (reason) {
      if (mine === latest)
        error.value = reason
    }
  }

  return { value, error, load }
}
