import { shallowRef } from 'vue'

/** Something fetched for a page: its value, what went wrong, and how to try again. The old value stays meanwhile. */
export function useLoaded<T>(fetch: () => Promise<T>) {
  const value = shallowRef<T | null>(null)
  const error = shallowRef<unknown>(null)

  async function load() {
    error.value = null
    try {
      value.value = await fetch()
    }
    catch (reason) {
      error.value = reason
    }
  }

  return { value, error, load }
}
