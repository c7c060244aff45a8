import type { DingTalkErrorDetails } from '../errors/dingtalk-error.ts'
import { z } from 'zod'
import { isBackendTrouble, throttleOf } from '../errors/classify.ts'
import { readDetails, secondsUntilNamedEnd } from './details.ts'

/** An answer of DingTalk before anyone judged it. */
export interface RawReply {
  status: number
  contentType: string
  text: string
  /** Seconds, from the Retry-After header. */
  retryAfter?: number
  /** Milliseconds, from the Date header. */
  date?: number
}

/** Either the parsed payload, or what is wrong (everything but the name of the API). */
export type Envelope = { ok: true, body: unknown } | { ok: false, error: Omit<DingTalkErrorDetails, 'api'> }

const text = z.union([z.string(), z.number()]).transform(String)
const oldShape = z.object({
  errcode: z.coerce.number(),
  errmsg: text.nullish(),
  sub_code: text.nullish(),
  sub_msg: text.nullish(),
  request_id: z.string().nullish(),
})
const newShape = z.object({ code: text, message: text.nullish(), requestid: z.string().nullish(), requestId: z.string().nullish() })
const banShape = z.union([z.object({ punish: z.literal('deny') }), z.object({ status: z.literal(1111), source: z.string() })])

/** DingTalk bans an IP for five minutes (dingtalk-server-api §9.1). */
export const banSeconds = 300

/**
 * Reads both error envelopes of dingtalk-server-api §1.7, the IP ban (§9.1, §9.3) and broken answers.
 * `family` says which success shape to expect; `nowMs` serves the end time inside throttle texts.
 */
export function openEnvelope(reply: RawReply, family: 'oapi' | 'api', nowMs: number): Envelope {
  const body = parse(reply)
  if (body === undefined)
    return notJson(reply)
  if (banShape.safeParse(body).success)
    return failure('ip_banned', reply, { retryAfter: banSeconds, outcome: 'rejected' })

  const old = oldShape.safeParse(body)
  if (old.success && old.data.errcode !== 0)
    return oldFailure(old.data, reply, body, nowMs)
  if (reply.status < 200 || reply.status > 299)
    return newFailure(reply, body, nowMs)
  if (family === 'oapi' && !old.success)
    return failure('unexpected_shape', reply, { text: 'errcode is missing' })
  return { ok: true, body }
}

function parse(reply: RawReply): unknown {
  const start = reply.text.trimStart().slice(0, 1)
  if (start !== '{' && start !== '[')
    return undefined
  try {
    return JSON.parse(reply.text)
  }
  catch {
    return undefined
  }
}

function notJson(reply: RawReply): Envelope {
  const html = reply.contentType.includes('html') || reply.text.trimStart().startsWith('<')
  if (reply.status >= 500)
    return failure(`http_${reply.status}`, reply)
  // the ban page has no errcode (§9.3); 3xx, 404 and 407 come from a wrong address or a proxy instead
  if (html && reply.status !== 404 && reply.status !== 407 && (reply.status < 300 || reply.status > 399))
    return failure('ip_banned', reply, { retryAfter: banSeconds, outcome: 'rejected', webPage: true })
  if (reply.status < 200 || reply.status > 299)
    return failure(`http_${reply.status}`, reply)
  return failure('broken_answer', reply)
}

function oldFailure(old: z.infer<typeof oldShape>, reply: RawReply, body: unknown, nowMs: number): Envelope {
  const reason = old.sub_code || String(old.errcode)
  const said = old.sub_msg || old.errmsg || ''
  return described(reason, said, reply, body, nowMs, { errcode: old.errcode, requestId: old.request_id ?? undefined })
}

function newFailure(reply: RawReply, body: unknown, nowMs: number): Envelope {
  const parsed = newShape.safeParse(body)
  if (!parsed.success)
    return failure(`http_${reply.status}`, reply)
  const { code, message, requestid, requestId } = parsed.data
  return described(code, message ?? '', reply, body, nowMs, { requestId: requestid ?? requestId ?? undefined })
}

function described(reason: string, said: string, reply: RawReply, body: unknown, nowMs: number, more: Partial<DingTalkErrorDetails>): Envelope {
  const throttle = throttleOf(reason, reply.status)
  const uncertain = !throttle && isBackendTrouble(reason, more.errcode, reply.status)
  return failure(reason, reply, {
    text: said,
    outcome: uncertain ? 'unknown' : 'rejected',
    retryAfter: throttle ? (secondsUntilNamedEnd(said, nowMs) ?? reply.retryAfter ?? 1) : reply.retryAfter,
    ...readDetails(said, body),
    ...more,
  })
}

function failure(reason: string, reply: RawReply, more: Partial<DingTalkErrorDetails> = {}): Envelope {
  return { ok: false, error: { reason, httpStatus: reply.status, outcome: 'unknown', retryAfter: reply.retryAfter, ...more } }
}
