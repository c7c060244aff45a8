import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

/** DingTalk pads to blocks of 32 bytes, twice what AES needs (dingtalk-server-api §7.1). */
const BLOCK = 32

/** A message that cannot be read; `code` is DingTalk's (900004 key, 900008 decryption, 900009 length). */
export class CryptoError extends Error {
  readonly code: number
  constructor(code: number, message: string) {
    super(message)
    this.code = code
  }
}

function keyOf(aesKey: string): Buffer {
  const key = Buffer.from(`${aesKey}=`, 'base64')
  if (!/^[a-z0-9]{43}$/i.test(aesKey) || key.length !== 32)
    throw new CryptoError(900004, 'aes_key must be 43 letters and digits')
  return key
}

/** SHA-1 over the four strings in lexicographic order, lower-case hex. */
export function signatureOf(token: string, timestamp: string, nonce: string, encrypted: string): string {
  const sorted = [token, timestamp, nonce, encrypted].sort()
  return createHash('sha1').update(sorted.join('')).digest('hex')
}

/** Encrypts for `owner`, the Client ID; base64. `prefix` are the 16 leading bytes, random unless a test wants them known. */
export function encryptMessage(message: string, aesKey: string, owner: string, prefix: Buffer = randomBytes(16)): string {
  const key = keyOf(aesKey)
  const body = Buffer.from(message)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(body.length)
  const plain = Buffer.concat([prefix, length, body, Buffer.from(owner)])
  const pad = BLOCK - (plain.length % BLOCK)
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([cipher.update(plain), cipher.update(Buffer.alloc(pad, pad)), cipher.final()]).toString('base64')
}

function decipher(encrypted: string, key: Buffer): Buffer {
  try {
    // Node's own unpadding refuses pads above 16.
    const cipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
    return Buffer.concat([cipher.update(encrypted, 'base64'), cipher.final()])
  }
  catch {
    throw new CryptoError(900008, 'cannot be decrypted')
  }
}

/** Decrypts; throws CryptoError when the key, the padding or the length does not fit. The owner is for the caller to check. */
export function decryptMessage(encrypted: string, aesKey: string): { message: string, owner: string } {
  const padded = decipher(encrypted, keyOf(aesKey))
  const pad = padded.at(-1) ?? 0
  if (padded.length < BLOCK || pad < 1 || pad > BLOCK || !padded.subarray(-pad).every(byte => byte === pad))
    throw new CryptoError(900008, 'wrong padding')
  const plain = padded.subarray(0, -pad)
  const end = plain.length < 20 ? Number.POSITIVE_INFINITY : 20 + plain.readUInt32BE(16)
  if (end > plain.length)
    throw new CryptoError(900009, 'wrong length')
  return { message: plain.subarray(20, end).toString(), owner: plain.subarray(end).toString() }
}
