import type { EventSecrets } from './secrets.ts'
import { randomBytes } from 'node:crypto'
import { encryptEvent } from './crypto.ts'
import { eventSignature } from './signature.ts'

/** The JSON body DingTalk expects within the deadline; `timeStamp` is its spelling (dingtalk-server-api §7.1). */
export interface EventReply {
  msg_signature: string
  timeStamp: string
  nonce: string
  encrypt: string
}

/** The encrypted, freshly signed `success`. `now` in milliseconds; `nonce` and `random` are for tests only. */
export function successReply(secrets: EventSecrets, now: number, nonce: string = randomBytes(8).toString('hex'), random?: Uint8Array): EventReply {
  const encrypt = encryptEvent(secrets, 'success', random)
  const timeStamp = String(Math.floor(now))
  return { msg_signature: eventSignature(secrets.token, { timestamp: timeStamp, nonce, encrypt }), timeStamp, nonce, encrypt }
}
