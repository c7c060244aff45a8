import type { Dispatcher } from 'undici'
import { Buffer } from 'node:buffer'
import { request } from 'undici'
import { CordysError } from '../errors.ts'

export interface HttpCall {
  method: 'GET' | 'POST'
  /** Template for logs; the URL may carry ids. */
  api: string
  url: URL
  headers: Record<string, string>
  body?: unknown
  timeoutMs: number
  signal?: AbortSignal | undefined
}

export interface HttpReply {
  status: number
  contentType: string
  text: string
  headers: Record<string, string | string[] | undefined>
}

/** Largest answer that is read: a page of 100 customers with all fields stays far below. */
const maxAnswerBytes = 8 * 1024 * 1024

/** Failures before anything was sent. */
const neverSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'])

/**
 * One HTTP exchange: bounded in time and size, never following a redirect (Cordys answers a failed CSRF check with
 * one, cordys-api rule 3). A time limit or a broken connection becomes `unreachable`.
 */
export function createHttp(dispatcher: Dispatcher) {
  return async (call: HttpCall): Promise<HttpReply> => {
    const timeout = AbortSignal.timeout(call.timeoutMs)
    try {
      const reply = await request(call.url, {
        dispatcher,
        method: call.method,
        signal: call.signal ? AbortSignal.any([call.signal, timeout]) : timeout,
        headers: { accept: 'application/json', ...(call.body === undefined ? {} : { 'content-type': 'application/json' }), ...call.headers },
        body: call.body === undefined ? undefined : JSON.stringify(call.body),
      })
      return {
        status: reply.statusCode,
        contentType: String(reply.headers['content-type'] ?? '').toLowerCase(),
        text: await readLimited(reply.body, call.api, reply.statusCode),
        headers: reply.headers,
      }
    }
    catch (cause) {
      if (cause instanceof CordysError || call.signal?.aborted)
        throw call.signal?.aborted ? call.signal.reason : cause
      throw new CordysError('unreachable', { api: call.api, status: 0, notSent: neverSent.has(codeOf(cause)), cause: codeOf(cause) })
    }
  }
}

export type Http = ReturnType<typeof createHttp>

async function readLimited(body: AsyncIterable<Uint8Array>, api: string, status: number): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.byteLength
    if (size > maxAnswerBytes)
      throw new CordysError('unexpected', { api, status, cause: 'the answer is too large' })
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Only the code is kept: messages may quote addresses. */
function codeOf(cause: unknown): string {
  if (cause instanceof AggregateError && cause.errors.length > 0)
    return codeOf(cause.errors[0])
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string')
    return cause.code
  return cause instanceof Error ? (cause.cause ? codeOf(cause.cause) : cause.name) : 'unknown'
}
