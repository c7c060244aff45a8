/** Runs work of one key in turn; keys do not wait for each other. */
export function oneAtATime() {
  const last = new Map<string, Promise<unknown>>()
  return async <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const turn = (last.get(key) ?? Promise.resolve()).then(work, work)
    last.set(key, turn)
    try {
      return await turn
    }
    finally {
      if (last.get(key) === turn)
        last.delete(key)
    }
  }
}
