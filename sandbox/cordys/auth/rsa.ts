import { constants, generateKeyPairSync, privateDecrypt } from 'node:crypto'

/** The server's RSA key: 1024 bits, PKCS#1 v1.5, the same until the sandbox is stopped (cordys-api §2.1). */
export function createLoginKey() {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 })
  return {
    /** Base64 of the SPKI, without PEM lines. */
    publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    /** @returns undefined when it was not encrypted with this key */
    decrypt(cipherText: string): string | undefined {
      try {
        return unpad(privateDecrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, Buffer.from(cipherText, 'base64')))
      }
      catch {
        return undefined
      }
    },
  }
}

/** PKCS#1 v1.5 by hand: OpenSSL answers a wrong padding with random bytes instead of an error. */
function unpad(block: Buffer): string | undefined {
  const end = block.indexOf(0, 2)
  return block[0] === 0 && block[1] === 2 && end >= 10 ? block.subarray(end + 1).toString('utf8') : undefined
}

export type LoginKey = ReturnType<typeof createLoginKey>
