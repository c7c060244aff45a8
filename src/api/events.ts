import type { Api, ApiInput, ApiKey, ApiOutput } from '#contract/index.ts'
import { basePath } from '../support/base.ts'
import { resolveRoute } from './path.ts'

type StreamKey = { [K in ApiKey]: Api[K] extends { stream: true } ? K : never }[ApiKey] & `GET ${string}`

interface Listener<T> {
  onEvent: (payload: T) => void
  /** The connection dropped for good; the caller falls back to asking now and then. */
  onLost?: () => void
}

/**
 * Follows a `stream: true` route as server-sent events; the browser reconnects by itself.
 * @returns stops following; call it when the component goes away
 */
export function follow<K extends StreamKey>(key: K, input: ApiInput<K>, listener: Listener<ApiOutput<K>>): () => void {
  const given: { params?: object } = new Object(input)
  const params = { ...given.params }
  const source = new EventSource(basePath() + resolveRoute(key, params).path)
  source.onmessage = (event: MessageEvent<string>) => listener.onEvent(JSON.parse(event.data) as ApiOutput<K>)
  source.onerror = () => {
    if (source.readyState === EventSource.CLOSED)
      listener.onLost?.()
  }
  return () => source.close()
}
