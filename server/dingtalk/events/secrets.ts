import { randomInt } from 'node:crypto'
import { EventCryptoError } from './crypto-error.ts'

/** What both sides of the HTTP push know (dingtalk-server-api §7.1). */
export interface EventSecrets {
  /** 加密 aes_key: exactly 43 letters and digits. */
  aesKey: string
  /** 签名 token: 3 to 32 letters and digits. */
  token: string
  /** OWNER_KEY: the Client ID, for apps configured in the console. */
  owner: string
}

export const eventAesKeyPattern = /^[a-z0-9]{43}$/i
export const eventTokenPattern = /^[a-z0-9]{3,32}$/i

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
/**
 * 43 base64 characters carry 258 bits, the key has 256. These last characters leave the two spare bits empty, so
 * that strict decoders on the other side accept the key too.
 */
const lastLetters = 'AEIMQUYcgkosw048'

/** A fresh pair for the "generate" button, from the system's random source. */
export function generateEventSecrets(): Pick<EventSecrets, 'aesKey' | 'token'> {
  return { aesKey: pick(letters, 42) + pick(lastLetters, 1), token: pick(letters, 32) }
}

/** Throws EventCryptoError 900004 (aes_key), 900006 (token) or 900010 (owner) when one cannot be right. */
export function checkEventSecrets(secrets: EventSecrets): void {
  if (!eventAesKeyPattern.test(secrets.aesKey))
    throw new EventCryptoError(900004)
  if (!eventTokenPattern.test(secrets.token))
    throw new EventCryptoError(900006)
  // an empty owner would let a message without owner pass
  if (!secrets.owner)
    throw new EventCryptoError(900010)
}

function pick(from: string, count: number): string {
  return Array.from({ length: count }, () => from[randomInt(from.length)]).join('')
}
