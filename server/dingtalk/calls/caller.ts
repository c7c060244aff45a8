import type { z } from 'zod'
import type { Clock } from '../clock.ts'
import type { Limiter } from '../limiter/limiter.ts'
import type { CallInfo, DingTalkHosts, DingTalkLogger, Priority } from '../options.ts'
import type { RawReply } from '../transport/envelope.ts'
import type { Transport } from '../transport/transport.ts'
import type { RetryPolicy } from './retry.ts'
import { sleep } from '../clock.ts'
import { DingTalkError } from '../errors/dingtalk-error.ts'
import { openEnvelope } from '../transport/envelope.ts'
import { redact } from '../transport/redact.ts'
import { maxRetries, pagesOfBan, retryDelay } from './retry.ts'

/** One call of the open platform, declared. */
export interface Call<Schema extends z.ZodType> {
  /** `oapi` = old family, `api` = new family; decides host, token place and success shape. */
  family: 'oapi' | 'api'
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Path; also the name of the API for limiter and metrics, which is why ids in it stand as `{name}`. */
  api: string
  /** What stands for `{name}` in the path. */
  ids?: Record<string, string>
  query?: Record<string, string>
  body?: unknown
  /** Gives the token when the call's turn has come; a queue may outlive a token. */
  token?: () => Promise<string>
  /** Everything in this call that must not show up in an error. */
  secrets?: readonly string[]
  /** Our Client ID, to be compared with the one in DingTalk's texts. */
  clientId?: string
  priority: Priority
  policy: RetryPolicy
  timeoutMs: number
  /** Shape of the payload. */
  schema: Schema
  signal?: AbortSignal
  /** The call has left the queue; called for every attempt. */
  onStart?: () => void
}

export interface CallerParts {
  hosts: DingTalkHosts
  transport: Transport
  limiter: Limiter
  clock: Clock
  logger: DingTalkLogger
  onCall?: (info: CallInfo) => void
}

export type Caller = <Schema extends z.ZodType>(call: Call<Schema>) => Promise<z.output<Schema>>

/** Sends a declared call: pace, one HTTP request, judgement, retries where they are safe. Rejects with DingTalkError. */
export function createCaller(parts: CallerParts): Caller {
  /** The calls that have got web pages since the last good answer to any call. */
  const pages = { since: Number.NEGATIVE_INFINITY, calls: new WeakSet<object>(), number: 0 }

  function notePage(call: object): void {
    if (parts.limiter.lastWellAt() >= pages.since)
      Object.assign(pages, { since: parts.clock.now(), calls: new WeakSet(), number: 0 })
    if (!pages.calls.has(call))
      pages.number++
    pages.calls.add(call)
  }

  async function once<Schema extends z.ZodType>(call: Call<Schema>, attempt: number): Promise<z.output<Schema>> {
    await parts.limiter.acquire(call.api, call.priority, call.signal)
    call.onStart?.()
    const token = await call.token?.()
    const startedAt = parts.clock.now()
    let status = 0
    let date: number | undefined
    try {
      const reply = await send(parts, call, token)
      status = reply.status
      date = reply.date
      const payload = judge(call, reply, [...(call.secrets ?? []), ...(token ? [token] : [])], parts.clock.now())
      parts.limiter.report(call.api, undefined)
      const requestId = requestIdOf(reply)
      parts.onCall?.({ api: call.api, status, errcode: '0', ms: parts.clock.now() - startedAt, attempt, date, ...(requestId && { requestId }) })
      return payload
    }
    catch (error) {
      if (error instanceof DingTalkError) {
        // Whether a web page is an IP ban shows only when it stays one; a read may wait for that.
        if (!error.webPage || call.policy === 'once')
          parts.limiter.report(call.api, error)
        const { reason: errcode, requestId } = error
        parts.onCall?.({ api: call.api, status, errcode, unsure: error.outcome === 'unknown', ms: parts.clock.now() - startedAt, attempt, date, ip: error.ip, ...(requestId && { requestId }) })
      }
      throw error
    }
  }

  /**
   * A ban hits every call of this address (dingtalk-server-api §9.1), so where others go well meanwhile, a web page is
   * an answer that broke on its way and no reason to stop everything for five minutes. Nor are the pages of one call alone:
   * the next one that gets them proves it.
   * @returns the error to go on with
   */
  function judgePage(error: DingTalkError, api: string, firstAt: number, attempt: number): DingTalkError {
    if (parts.limiter.lastWellAt() < firstAt && attempt < pagesOfBan)
      return error
    if (parts.limiter.lastWellAt() < firstAt && pages.number > 1) {
      const { retryAfter, httpStatus } = error
      const ban = new DingTalkError({ reason: 'ip_banned', api, httpStatus, outcome: 'rejected', retryAfter })
      parts.limiter.report(api, ban)
      return ban
    }
    return attempt > maxRetries ? new DingTalkError({ reason: 'broken_answer', api, httpStatus: error.httpStatus, outcome: 'unknown' }) : error
  }

  return async (call) => {
    let firstPageAt: number | undefined
    for (let attempt = 1; ; attempt++) {
      try {
        return await once(call, attempt)
      }
      catch (caught) {
        let error = caught
        if (error instanceof DingTalkError && error.webPage)
          notePage(call)
        if (error instanceof DingTalkError && error.webPage && call.policy === 'read')
          error = judgePage(error, call.api, (firstPageAt ??= parts.clock.now()), attempt)
        const delay = error instanceof DingTalkError ? retryDelay(error, call.policy, attempt, Math.random(), call.priority) : undefined
        if (delay === undefined)
          throw error
        parts.logger.warn({ err: error, attempt, delay: Math.round(delay) }, 'DingTalk call failed, trying again')
        await sleep(parts.clock, delay, call.signal)
      }
    }
  }
}

/** DingTalk's id of a call that succeeded, from small answers: a page of members has nobody who asks for it. */
function requestIdOf({ text }: RawReply): string | undefined {
  return text.length > 10_000 ? undefined : /"request_?id"\s*:\s*"([\w-]{1,64})"/i.exec(text)?.[1]
}

function send(parts: CallerParts, call: Call<z.ZodType>, token: string | undefined): Promise<RawReply> {
  const path = call.api.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(call.ids?.[name] ?? ''))
  const url = new URL((call.family === 'oapi' ? parts.hosts.oapi : parts.hosts.api) + path)
  for (const [name, value] of Object.entries(call.query ?? {})) url.searchParams.set(name, value)
  // each family ignores the other one's place (dingtalk-server-api §1.2)
  if (token !== undefined && call.family === 'oapi')
    url.searchParams.set('access_token', token)
  const headers = token !== undefined && call.family === 'api' ? { 'x-acs-dingtalk-access-token': token } : undefined
  return parts.transport({ api: call.api, url, method: call.method, headers, body: call.body, timeoutMs: call.timeoutMs, signal: call.signal })
}

function judge<Schema extends z.ZodType>(call: Call<Schema>, reply: RawReply, secrets: string[], nowMs: number): z.output<Schema> {
  const opened = openEnvelope(reply, call.family, nowMs)
  if (!opened.ok) {
    throw new DingTalkError({ ...opened.error, api: call.api, clientId: call.clientId, text: redact(opened.error.text ?? '', secrets) })
  }
  const parsed = call.schema.safeParse(opened.body)
  if (parsed.success)
    return parsed.data
  // paths and expectations only: the values are people's data
  const text = parsed.error.issues
    .slice(0, 3)
    .map(issue => `${issue.path.join('.')}: ${issue.code}`)
    .join('; ')
  const reason = lacksResult(parsed.error, opened.body) ? 'broken_answer' : 'unexpected_shape'
  throw new DingTalkError({ reason, api: call.api, httpStatus: reply.status, outcome: 'unknown', text })
}

/** Success without what was asked for: an answer that broke, which another attempt may mend, and not one of another shape. */
function lacksResult({ issues }: z.ZodError, body: unknown): boolean {
  const result = typeof body === 'object' && body !== null && 'result' in body ? body.result : undefined
  const isEmpty = result === undefined || result === null || (typeof result === 'object' && Object.keys(result).length === 0)
  return isEmpty && issues.some(({ path }) => path[0] === 'result')
}
