/** The codes of DingTalk's own crypto library (dingtalk-server-api §7.1); explainReason() has texts for them. */
const meanings = {
  900001: 'the encrypted text is missing or not base64',
  900002: 'the timestamp is missing, malformed or outside the accepted window',
  900003: 'the nonce is missing or malformed',
  900004: 'the aes_key is not 43 letters and digits',
  900005: 'the signature does not match',
  900006: 'the token is not 3 to 32 letters and digits',
  900007: 'the message cannot be encrypted',
  900008: 'the message cannot be decrypted',
  900009: 'the length inside the message is wrong',
  900010: 'the message is for another app',
} as const

export type EventCryptoCode = keyof typeof meanings

/** A push that cannot be trusted or read. Carries nothing of its content, so it may be logged. */
export class EventCryptoError extends Error {
  override readonly name = 'EventCryptoError'
  readonly code: EventCryptoCode

  constructor(code: EventCryptoCode) {
    super(`${code}: ${meanings[code]}`)
    this.code = code
  }
}
