import type { Attempt } from '../event.ts'
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { CryptoError, decryptMessage, encryptMessage, signatureOf } from './crypto.ts'

/** Where and how to push. */
export interface PushTarget {
  url: string
  token: string
  aesKey: string
  /** Client ID. */
  owner: string
}

export type PushResult = Pick<Attempt, 'outcome' | 'status' | 'reply' | 'tookMs'>

const replySchema = z.object({ msg_signature: z.string(), timeStamp: z.coerce.string(), nonce: z.coerce.string(), encrypt: z.string() })

/** The receiver's address with the query DingTalk appends: both spellings of the signature (dingtalk-server-api §7.1). */
function signedUrl(target: PushTarget, encrypted: string, now: number): URL {
  const url = new URL(target.url)
  const timestamp = String(now)
  const nonce = randomBytes(6).toString('hex')
  const signature = signatureOf(target.token, timestamp, nonce, encrypted)
  for (const [name, value] of Object.entries({ msg_signature: signature, signature, timestamp, nonce })) url.searchParams.set(name, value)
  return url
}

/** Anything but the encrypted word `success`, rightly signed and owned, is a failure. */
function judge(text: string, target: PushTarget): Pick<PushResult, 'outcome' | 'reply'> {
  const wrong = (reply: string): Pick<PushResult, 'outcome' | 'reply'> => ({ outcome: 'bad-reply', reply })
  try {
    const { msg_signature, timeStamp, nonce, encrypt } = replySchema.parse(JSON.parse(text))
    if (signatureOf(target.token, timeStamp, nonce, encrypt) !== msg_signature)
      return wrong('900005 signature mismatch')
    const { message, owner } = decryptMessage(encrypt, target.aesKey)
    if (owner !== target.owner)
      return wrong(`900010 owner mismatch: ${owner}`)
    return { outcome: message === 'success' ? 'success' : 'bad-reply', reply: message }
  }
  catch (error) {
    return wrong(error instanceof CryptoError ? `${error.code} ${error.message}` : `not a reply: ${text.slice(0, 200)}`)
  }
}

function failure(error: unknown): Pick<PushResult, 'outcome' | 'reply'> {
  if (error instanceof Error && error.name === 'TimeoutError')
    return { outcome: 'timeout' }
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error
  return { outcome: 'unreachable', reply: String(cause) }
}

/** Aborts after `ms`, or when the subscription is closed; AbortSignal.any would pile up on a signal that lives long. */
function deadline(ms: number, closed: AbortSignal): { signal: AbortSignal, done: () => void } {
  const controller = new AbortController()
  const close = (): void => controller.abort(closed.reason)
  const timer = setTimeout(() => controller.abort(new DOMException('no reply in time', 'TimeoutError')), ms)
  closed.addEventListener('abort', close)
  return {
    signal: controller.signal,
    done() {
      clearTimeout(timer)
      closed.removeEventListener('abort', close)
    },
  }
}

/** Posts one message and judges the reply. `now` is the sandbox time to sign with, `replyMs` the deadline in real time. */
export async function push(target: PushTarget, message: string, now: number, replyMs: number, closed: AbortSignal): Promise<PushResult> {
  const started = performance.now()
  const { signal, done } = deadline(replyMs, closed)
  const tookMs = (): number => Math.round(performance.now() - started)
  try {
    const encrypt = encryptMessage(message, target.aesKey, target.owner)
    const response = await fetch(signedUrl(target, encrypt, now), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ encrypt }),
      // One URL per app, no forwarding pages.
      redirect: 'manual',
      signal,
    })
    const text = await response.text()
    const { status } = response
    const verdict = status === 200 ? judge(text, target) : { outcome: 'bad-status' as const, reply: text.slice(0, 200) }
    return { ...verdict, status, tookMs: tookMs() }
  }
  catch (error) {
    return { ...failure(error), tookMs: tookMs() }
  }
  finally {
    done()
  }
}
