import type { EventSecrets } from './secrets.ts'
import { Buffer } from 'node:buffer'
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { EventCryptoError } from './crypto-error.ts'
import { checkEventSecrets } from './secrets.ts'

/*
 * The encryption of dingtalk-server-api §7.1: AES-256-CBC, IV = first half of the key, and inside
 * 16 random bytes + length of the message (4 bytes, big-endian) + message + owner, padded to blocks of 32.
 * Those paddings are longer than an AES block, which Node's own unpadding refuses; hence by hand.
 */
const randomLength = 16
const headLength = randomLength + 4
const padBlock = 32
const aesBlock = 16

/** Encrypts to base64. `random` (16 bytes) is for tests only. Throws EventCryptoError 900004, 900006, 900007, 900010. */
export function encryptEvent(secrets: EventSecrets, message: string, random: Uint8Array = randomBytes(randomLength)): string {
  checkEventSecrets(secrets)
  if (random.length !== randomLength)
    throw new EventCryptoError(900007)
  const body = Buffer.from(message)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(body.length)
  const plain = Buffer.concat([random, length, body, Buffer.from(secrets.owner)])
  const pad = padBlock - (plain.length % padBlock)
  const key = keyOf(secrets)
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, aesBlock)).setAutoPadding(false)
  return Buffer.concat([cipher.update(plain), cipher.update(Buffer.alloc(pad, pad)), cipher.final()]).toString('base64')
}

/**
 * The message inside `encrypt`. Throws EventCryptoError: 900001 not base64, 900004 and 900006 unusable secrets,
 * 900008 undecipherable, 900009 impossible length, 900010 another owner.
 */
export function decryptEvent(secrets: EventSecrets, encrypt: string): string {
  checkEventSecrets(secrets)
  if (!encrypt || !/^[a-z0-9+/]+={0,2}$/i.test(encrypt))
    throw new EventCryptoError(900001)
  const plain = decipher(keyOf(secrets), Buffer.from(encrypt, 'base64'))
  if (plain.length < headLength)
    throw new EventCryptoError(900009)
  const end = headLength + plain.readUInt32BE(randomLength)
  if (end > plain.length)
    throw new EventCryptoError(900009)
  if (!plain.subarray(end).equals(Buffer.from(secrets.owner)))
    throw new EventCryptoError(900010)
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(plain.subarray(headLength, end))
  }
  catch {
    throw new EventCryptoError(900008)
  }
}

function decipher(key: Buffer, encrypted: Buffer): Buffer {
  if (!encrypted.length || encrypted.length % aesBlock)
    throw new EventCryptoError(900008)
  const cipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, aesBlock)).setAutoPadding(false)
  const padded = Buffer.concat([cipher.update(encrypted), cipher.final()])
  const pad = padded.at(-1) ?? 0
  if (pad < 1 || pad > padBlock || pad > padded.length || !padded.subarray(-pad).every(byte => byte === pad))
    throw new EventCryptoError(900008)
  return padded.subarray(0, -pad)
}

function keyOf(secrets: EventSecrets): Buffer {
  return Buffer.from(`${secrets.aesKey}=`, 'base64')
}
