import type { Dispatcher } from 'undici'
import type { RawReply } from './envelope.ts'
import { Buffer } from 'node:buffer'
import { request } from 'undici'
import { DingTalkError } from '../errors/dingtalk-error.ts'

/** One HTTP request, complete. */
export interface HttpRequest {
  /** Path template for messages and metrics; the URL itself may hold a token and is never shown. */
  api: string
  url: URL
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  headers?: Record<string, string>
  /** Sent as JSON. */
  body?: unknown
  timeoutMs: number
  signal?: AbortSignal
}

export type Transport = (request: HttpRequest) => Promise<RawReply>

/** Largest answer that is read, in bytes; a page of 100 members stays far below. */
const maxAnswerBytes = 8 * 1024 * 1024

/** Connection failures before anything was sent: the call was certainly not executed. */
const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
])

/**
 * HTTP over undici with a time limit and a size limit. Rejects with a DingTalkError (`timeout`, `network`,
 * `too_large`) or, when the caller aborted, with the signal's reason.
 */
export function createTransport(dispatcher: Dispatcher): Transport {
  return async (call) => {
    const timeout = AbortSignal.timeout(call.timeoutMs)
    const signal = call.signal ? AbortSignal.any([call.signal, timeout]) : timeout
    try {
      const reply = await request(call.url, {
        dispatcher,
        method: call.method,
        signal,
        headers: { accept: 'application/json', ...(call.body === undefined ? {} : { 'content-type': 'application/json' }), ...call.headers },
        body: call.body === undefined ? undefined : JSON.stringify(call.body),
      })
      const retryAfter = Number(reply.headers['retry-after'])
      const date = Date.parse(String(reply.headers.date ?? ''))
      return {
        status: reply.statusCode,
        contentType: String(reply.headers['content-type'] ?? '').toLowerCase(),
        text: await readLimited(reply.body, call.api, reply.statusCode),
        ...(Number.isFinite(date) && { date }),
        retryAfter: Number.isFinite(retryAfter) && retryAfter > 0 ? Math.min(retryAfter, 600) : undefined,
      }
    }
    catch (cause) {
      if (cause instanceof DingTalkError || call.signal?.aborted)
        throw call.signal?.aborted ? call.signal.reason : cause
      throw failed(call.api, cause, timeout.aborted)
    }
  }
}

async function readLimited(body: AsyncIterable<Uint8Array>, api: string, httpStatus: number): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.byteLength
    if (size > maxAnswerBytes) {
      throw new DingTalkError({ reason: 'too_large', api, httpStatus, outcome: 'unknown' })
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Only the error's code is kept: undici's messages may quote the URL. */
function failed(api: string, cause: unknown, timedOut: boolean): DingTalkError {
  if (timedOut) {
    return new DingTalkError({ reason: 'timeout', api, httpStatus: 0, outcome: 'unknown' })
  }
  const code = codeOf(cause)
  return new DingTalkError({ reason: 'network', api, httpStatus: 0, text: code, outcome: neverSent.has(code) ? 'rejected' : 'unknown' })
}

function codeOf(cause: unknown): string {
  if (cause instanceof AggregateError && cause.errors.length)
    return codeOf(cause.errors[0])
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string')
    return cause.code
  return cause instanceof Error && cause.cause ? codeOf(cause.cause) : 'unknown'
}
