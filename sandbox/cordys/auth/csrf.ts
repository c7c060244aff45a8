import { createCipheriv, createDecipheriv, randomBytes, randomInt } from 'node:crypto'

/** CSRF tokens as Cordys makes them: AES-128-GCM over user, six letters, session and time, with a fixed IV (cordys-api §2.3). */
export function createCsrf() {
  const key = randomBytes(16)
  const iv = randomBytes(12)
  return {
    issue(userId: string, sessionId: string): string {
      const letters = Array.from({ length: 6 }, () => String.fromCharCode(97 + randomInt(26))).join('')
      const cipher = createCipheriv('aes-128-gcm', key, iv)
      return Buffer.concat([cipher.update(`${userId}|${letters}|${sessionId}|${Date.now()}`), cipher.final(), cipher.getAuthTag()]).toString('base64')
    },
    /** Any token of this person and session, however old. */
    fits(token: string | undefined, userId: string, sessionId: string): boolean {
      try {
        const raw = Buffer.from(token ?? '', 'base64')
        const decipher = createDecipheriv('aes-128-gcm', key, iv).setAuthTag(raw.subarray(-16))
        const [user, , session] = Buffer.concat([decipher.update(raw.subarray(0, -16)), decipher.final()]).toString().split('|')
        return user === userId && session === sessionId
      }
      catch {
        return false
      }
    },
  }
}

export type Csrf = ReturnType<typeof createCsrf>
