import type { Sdk } from './types.ts'

let loading: Promise<Sdk> | undefined

/** The SDK's chunk, fetched once per page. */
export function loadOnce(): Promise<Sdk> {
  loading ??= import('./sdk.ts').then(
    module => module.sdk,
    (error: unknown) => {
      // The chunk did not arrive: the next call may fetch it again.
      loading = undefined
      throw error
    },
  )
  return loading
}
