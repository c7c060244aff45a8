import type { Kind } from './kind.ts'
import { CordysError } from '../errors.ts'

/** Asks at the kind's address, and at its other one where this Cordys has no such endpoint: then nothing was done at the first. */
export async function onPath<T>({ path, otherPath }: Kind, ask: (path: string) => Promise<T>): Promise<T> {
  try {
    return await ask(path)
  }
  catch (error) {
    if (!otherPath || !(error instanceof CordysError) || error.failure !== 'unsupported')
      throw error
    return ask(otherPath)
  }
}
