/** Lets calls made while one is under way share its result. */
export function shared<A extends unknown[], T>(work: (...args: A) => Promise<T>): (...args: A) => Promise<T> {
  let current: Promise<T> | undefined
  return (...args) => {
    current ??= work(...args).finally(() => {
      current = undefined
    })
    return current
  }
}
