import { shallowRef } from 'vue'

/** What a page can be asked to do, one thing at a time: which is under way, and why the last one failed. */
export function useAct<What extends string>(after: () => Promise<void> | void = () => {}) {
  const busy = shallowRef<What | null>(null)
  const failure = shallowRef<unknown>(null)

  /** @returns what came of it; undefined when it failed, or something else is under way */
  async function act<T>(what: What, work: () => Promise<T>): Promise<T | undefined> {
    if (busy.value)
      return undefined
    busy.value = what
    failure.value = null
    try {
      return await work()
    }
    catch (reason) {
      failure.value = reason
      return undefined
    }
    finally {
      busy.value = null
      await after()
    }
  }

  return { busy, failure, act }
}
