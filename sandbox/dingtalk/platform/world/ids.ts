import { randomBytes, randomUUID } from 'node:crypto'

/** Opaque values as DingTalk hands them out: 32 hex characters, like its tokens and codes. */
export function opaque(): string {
  return randomBytes(16).toString('hex')
}

/** `request_id` of the old family: short, lower-case, base 36. */
export function oldRequestId(): string {
  return `1${Math.random().toString(36).slice(2, 13).padEnd(11, '0')}`
}

/** `requestid` of the new family: an upper-case UUID. */
export function newRequestId(): string {
  return randomUUID().toUpperCase()
}
