import { constants, createPublicKey, publicEncrypt } from 'node:crypto'
import { CordysError } from '../errors.ts'

/** PKCS#1 v1.5 with a 1024-bit key leaves room for so many bytes. */
export const longestSecret = 117

/** Encrypts one text as Cordys's login form does: base64 of RSA PKCS#1 v1.5 with the key of `/get-key` (cordys-api §2.1). */
export function encryptForLogin(publicKey: string, text: string): string {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
    return publicEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.from(text, 'utf8')).toString('base64')
  }
  catch {
    throw new CordysError('unexpected', { api: '/get-key', status: 200, cause: 'not an RSA key' })
  }
}
