import { Buffer } from 'node:buffer'
import { createHash, timingSafeEqual } from 'node:crypto'
import { EventCryptoError } from './crypto-error.ts'

/** What is signed, beside the token. */
export interface SignedParts {
  timestamp: string
  nonce: string
  encrypt: string
}

/** SHA-1 over the four sorted strings, lowercase hex (dingtalk-server-api §7.1). */
export function eventSignature(token: string, { timestamp, nonce, encrypt }: SignedParts): string {
  // sort() compares UTF-16 units, which is the byte order for the ASCII that all four consist of
  return createHash('sha1').update([token, timestamp, nonce, encrypt].sort().join('')).digest('hex')
}

/** Throws EventCryptoError 900005; takes the same time wherever the difference is. */
export function verifyEventSignature(token: string, parts: SignedParts, signature: string): void {
  const expected = Buffer.from(eventSignature(token, parts))
  const given = Buffer.from(signature)
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    throw new EventCryptoError(900005)
}

/** Milliseconds of a timestamp that is given in milliseconds or, as older pages do, in seconds. */
export function eventTimestampMs(timestamp: string): number {
  if (!/^\d{10}$|^\d{13}$/.test(timestamp))
    throw new EventCryptoError(900002)
  return timestamp.length === 10 ? Number(timestamp) * 1000 : Number(timestamp)
}

/** Throws EventCryptoError 900002 when `timestamp` is further than `windowMs` from `now`, in either direction. */
export function verifyFreshness(timestamp: string, now: number, windowMs: number): void {
  if (Math.abs(now - eventTimestampMs(timestamp)) > windowMs)
    throw new EventCryptoError(900002)
}
