import type { ApiInput, ApiKey, ApiOutput } from '#contract/index.ts'
import { currentLocale } from '../locales/index.ts'
import { crmLink } from './crm-link.ts'
import { isApiError } from './errors.ts'
import { http } from './http.ts'
import { resolveRoute } from './path.ts'
import { sessionLink } from './session-link.ts'

interface RequestOptions {
  signal?: AbortSignal
  /** Milliseconds; 20 s unless told. */
  timeout?: number
  /** `false` for the requests of the login itself: their 401 is an answer, not a lost session. */
  recover?: false
  /** `false` for what is sent by itself: nobody waits for it, so that a missing connection to the CRM is not asked for. */
  ask?: false
}

type Options<K extends ApiKey> = ApiInput<K> & RequestOptions

/** Input may be left out when the route needs none. */
type Rest<K extends ApiKey> = object extends ApiInput<K> ? [options?: Options<K>] : [options: Options<K>]

interface AnyInput extends RequestOptions {
  params?: Record<string, unknown>
  query?: Record<string, unknown>
  body?: unknown
}

/**
 * Calls one route of the contract.
 * A 401 first lets the session store log in again silently, and a missing connection to the CRM is asked for in
 * place; the request is then repeated once.
 * @throws ApiError, or an error `isCancelled` knows when `signal` aborted
 */
export async function request<K extends ApiKey>(key: K, ...[options]: Rest<K>): Promise<ApiOutput<K>> {
  const input: AnyInput = options ?? {}
  const epoch = sessionLink.epoch()
  try {
    return await send(key, input)
  }
  catch (error) {
    if (!isApiError(error) || input.recover === false)
      throw error
    const again
      = error.code === 'unauthenticated'
        ? await sessionLink.recover(epoch)
        : error.code === 'crm_login_required' && input.ask !== false && await crmLink.connect()
    if (!again)
      throw error
    return send(key, input)
  }
}

async function send<K extends ApiKey>(key: K, input: AnyInput): Promise<ApiOutput<K>> {
  const { method, path } = resolveRoute(key, input.params)
  const epoch = sessionLink.epoch()
  const { data } = await http.request<ApiOutput<K>>({
    method,
    url: path,
    params: input.query,
    data: input.body,
    headers: { 'Accept-Language': currentLocale() },
    ...(input.signal && { signal: input.signal }),
    ...(input.timeout && { timeout: input.timeout }),
  })
  if (input.recover !== false)
    sessionLink.proven(epoch)
  return data
}
