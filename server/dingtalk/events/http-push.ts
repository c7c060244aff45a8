import type { EventCryptoCode } from './crypto-error.ts'
import type { PlatformEvent } from './event.ts'
import type { EventReply } from './reply.ts'
import type { EventSecrets } from './secrets.ts'
import type { SignedParts } from './signature.ts'
import { z } from 'zod'
import { fromHttp } from './channels.ts'
import { EventCryptoError } from './crypto-error.ts'
import { decryptEvent } from './crypto.ts'
import { UnreadableEventError } from './event.ts'
import { byLowerKey, isRecord } from './keys.ts'
import { successReply } from './reply.ts'
import { checkEventSecrets } from './secrets.ts'
import { verifyEventSignature, verifyFreshness } from './signature.ts'

/**
 * What a push turned out to be. `reply` is the JSON body for HTTP 200; any other answer makes DingTalk push again.
 * - `check_url`: the administrator is saving the address; reply.
 * - `event`: store it, then reply. The same event may come again: see PlatformEvent.id.
 * - `unreadable`: authentic, but nothing can be made of it, now or later; reply and start a catch-up sync.
 * - `refused`: not from DingTalk, not for this app, or too old; answer with an error. `proven`: that something is wrong
 *   between DingTalk and us, because it carries our token's signature, or because our own keys cannot be right; the rest
 *   may be anybody's.
 */
export type PushOutcome
  = | { kind: 'check_url', reply: EventReply }
    | { kind: 'event', event: PlatformEvent, reply: EventReply }
    | { kind: 'unreadable', error: UnreadableEventError, reply: EventReply }
    | { kind: 'refused', code: EventCryptoCode, message: string, proven: boolean }

export interface PushContext {
  secrets: EventSecrets
  /** Our company, for events that name none. */
  corpId: string
  /** Milliseconds since 1970. */
  now: number
  /** Widest accepted distance between DingTalk's clock and ours, in milliseconds. Default: ten minutes. */
  windowMs?: number
}

/** Longer than the two retries (10 s + 30 s) and any tolerable clock error. */
const defaultWindowMs = 10 * 60_000

const queryShape = z.object({
  // older pages call it `signature` (dingtalk-server-api §7.1)
  msg_signature: z.string().optional(),
  signature: z.string().optional(),
  timestamp: z.string().optional(),
  nonce: z.string().optional(),
})
const bodyShape = z.object({ encrypt: z.string().min(1) })

/** Judges one push. Pure but for the random parts of the reply; never throws for what DingTalk, or anyone, sends. */
export function readPush(query: unknown, body: unknown, context: PushContext): PushOutcome {
  const { secrets, now, corpId } = context
  let text: string
  let reply: EventReply
  let proven = true
  try {
    checkEventSecrets(secrets)
    proven = false
    const { signature, ...parts } = requestParts(query, body)
    verifyEventSignature(secrets.token, parts, signature)
    proven = true
    verifyFreshness(parts.timestamp, now, context.windowMs ?? defaultWindowMs)
    text = decryptEvent(secrets, parts.encrypt)
    reply = successReply(secrets, now)
  }
  catch (error) {
    if (error instanceof EventCryptoError)
      return { kind: 'refused', code: error.code, message: error.message, proven }
    throw error
  }
  try {
    const message = parseMessage(text)
    if (byLowerKey(message).get('eventtype') === 'check_url')
      return { kind: 'check_url', reply }
    return { kind: 'event', event: fromHttp(message, { corpId, receivedAt: now }), reply }
  }
  catch (error) {
    if (error instanceof UnreadableEventError)
      return { kind: 'unreadable', error, reply }
    throw error
  }
}

function requestParts(query: unknown, body: unknown): SignedParts & { signature: string } {
  const asked = queryShape.safeParse(query).data ?? {}
  const signature = asked.msg_signature || asked.signature
  const sent = bodyShape.safeParse(body)
  if (!sent.success)
    throw new EventCryptoError(900001)
  if (!asked.timestamp)
    throw new EventCryptoError(900002)
  if (!asked.nonce)
    throw new EventCryptoError(900003)
  if (!signature)
    throw new EventCryptoError(900005)
  return { signature, timestamp: asked.timestamp, nonce: asked.nonce, encrypt: sent.data.encrypt }
}

function parseMessage(text: string): Record<string, unknown> {
  try {
    const message: unknown = JSON.parse(text)
    if (isRecord(message))
      return message
  }
  catch {
    // said below
  }
  throw new UnreadableEventError('', 'not a JSON object')
}
