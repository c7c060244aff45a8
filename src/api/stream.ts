import type { Api, ApiInput, ApiKey, ApiOutput } from '#contract/index.ts'
import { currentLocale } from '../locales/index.ts'
import { basePath } from '../support/base.ts'
import { errorFromAnswer } from './answer.ts'
import { ApiError } from './errors.ts'
import { resolveRoute } from './path.ts'

/** Routes that answer a POST with server-sent events; `follow` is for those that are only read. */
type PostStreamKey = { [K in ApiKey]: Api[K] extends { stream: true } ? K : never }[ApiKey] & `POST ${string}`

interface Options<K extends PostStreamKey> {
  input: ApiInput<K>
  onEvent: (payload: ApiOutput<K>) => void
  signal?: AbortSignal
}

/**
 * Posts and reads the events of the answer until it ends. Never sent again by itself: what it starts costs something.
 * @throws ApiError; `network` where the connection broke before the end
 */
export async function postStream<K extends PostStreamKey>(key: K, { input, onEvent, signal }: Options<K>): Promise<void> {
  const { path } = resolveRoute(key)
  const body = 'body' in input ? input.body : undefined
  const answer = await fetch(basePath() + path, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'Accept': 'text/event-stream, application/json', 'Accept-Language': currentLocale(), 'Content-Type': 'application/json' },
    body: JSON.stringify(body ?? {}),
    ...(signal && { signal }),
  }).catch(reject(signal))
  if (!answer.ok || !answer.body)
    throw errorFromAnswer(answer.status, await answer.json().catch(() => undefined), { requestId: answer.headers.get('x-request-id') })
  const reader = answer.body.getReader()
  const decoder = new TextDecoder()
  for (let rest = ''; ;) {
    const { done, value } = await reader.read().catch(reject(signal))
    const parts = (rest + decoder.decode(value, { stream: !done })).split('\n\n')
    rest = parts.pop() ?? ''
    for (const part of parts) {
      if (part.startsWith('event: end'))
        return
      const data = part.split('\n').find(line => line.startsWith('data: '))
      if (data)
        onEvent(JSON.parse(data.slice(6)) as ApiOutput<K>)
    }
    if (done)
      throw new ApiError({ code: 'network', status: 0 })
  }
}

/** Cancelled requests stay what they are; anything else is the network's fault. */
function reject(signal: AbortSignal | undefined): (error: unknown) => never {
  return (error) => {
    throw signal?.aborted ? error : new ApiError({ code: navigator.onLine ? 'network' : 'offline', status: 0 })
  }
}
