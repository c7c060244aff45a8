import type { z } from 'zod'
import type { Locale } from '../../../http/locale.ts'
import type { Logger } from '../../../http/logger.ts'
import type { Http, HttpReply } from './request.ts'
import { CordysError } from '../errors.ts'
import { readEnvelope } from './envelope.ts'

/** What Cordys knows a session by; secrets, all of them. */
export interface Credentials {
  sessionId: string
  csrfToken: string
  organizationId: string | null
}

export interface CordysCall<T> {
  method: 'GET' | 'POST'
  /** Template with `:id` places, filled from `params`. */
  api: string
  params?: Record<string, string>
  query?: Record<string, string>
  body?: unknown
  schema: z.ZodType<T>
  credentials?: Credentials | undefined
  /** Further headers, for the OAuth session. */
  headers?: Record<string, string>
  locale?: Locale
  signal?: AbortSignal | undefined
}

export interface CordysAnswer<T> {
  data: T
  reply: HttpReply
}

/** A desktop's: a phone's user agent is refused at `/is-login` (cordys-api, rule 4). */
const userAgent = 'Mozilla/5.0 (X11; Linux x86_64) CordysCrmForDingTalk/1.0'

/**
 * Calls of one Cordys server. The address is the configured one and nothing else: ids become encoded path segments,
 * so no input chooses host or path.
 */
export function createClient({ http, baseUrl, log, timeoutMs = 15_000 }: { http: Http, baseUrl: string, log: Pick<Logger, 'warn'>, timeoutMs?: number }) {
  return async <T>({ method, api, params = {}, query = {}, body, schema, credentials, headers, locale, signal }: CordysCall<T>): Promise<CordysAnswer<T>> => {
    const path = api.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
    const url = new URL(baseUrl + path)
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
    const reply = await http({
      method,
      api,
      url,
      timeoutMs,
      signal,
      ...(method === 'POST' && { body: body ?? {} }),
      headers: {
        'user-agent': userAgent,
        ...(locale && { 'accept-language': locale }),
        ...(credentials && { 'x-auth-token': credentials.sessionId, 'csrf-token': credentials.csrfToken }),
        ...(credentials?.organizationId && { 'organization-id': credentials.organizationId }),
        ...headers,
      },
    })
    const parsed = schema.safeParse(readEnvelope(api, reply))
    if (!parsed.success) {
      // Where, never what: an administrator learns that this release answers differently.
      const issues = parsed.error.issues.slice(0, 5).map(({ path, code }) => `${path.join('.')}: ${code}`)
      log.warn({ api, status: reply.status, issues }, 'Cordys answered in an unexpected shape')
      throw new CordysError('unexpected', { api, status: reply.status, cause: issues })
    }
    return { data: parsed.data, reply }
  }
}

export type CordysClient = ReturnType<typeof createClient>
