import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/** Encrypts secrets at rest with AES-256-GCM. `purpose` is bound to the text: one sealed for another place does not open. */
export interface Sealer {
  seal: (plain: string, purpose: string) => string
  /** @throws {SealError} when it was sealed with another key or for another purpose, or was altered */
  open: (sealed: string, purpose: string) => string
}

export class SealError extends Error {
  override name = 'SealError'
}

const version = 'v1'

export function createSealer(secretKey: string): Sealer {
  const key = Buffer.from(hkdfSync('sha256', secretKey, 'cordys-crm-dingtalk', 'seal v1', 32))
  return {
    seal(plain, purpose) {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(purpose))
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return [version, iv, body, cipher.getAuthTag()].map(part => (typeof part === 'string' ? part : part.toString('base64url'))).join('.')
    },
    open(sealed, purpose) {
      const [format, iv = '', body = '', tag = ''] = sealed.split('.')
      try {
        if (format !== version)
          throw new Error(`unknown format ${format}`)
        const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64url'), { authTagLength: 16 })
          .setAAD(Buffer.from(purpose))
          .setAuthTag(Buffer.from(tag, 'base64url'))
        return Buffer.concat([decipher.update(Buffer.from(body, 'base64url')), decipher.final()]).toString('utf8')
      }
      catch (cause) {
        throw new SealError('a stored secret cannot be opened: SECRET_KEY differs from the one it was sealed with, or the data was altered', {
          cause,
        })
      }
    },
  }
}
