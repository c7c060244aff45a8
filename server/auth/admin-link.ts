import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

export const adminLinkMs = 10 * 60 * 1000

const sign = (secretKey: string, payload: string) => createHmac('sha256', secretKey).update(`admin-link.${payload}`).digest()

/**
 * A break-glass token, made by `npm run admin:link` on the server. It is signed with the secret key,
 * so the command needs neither the database (embedded, it belongs to the running server) nor the network.
 */
export function makeAdminToken(secretKey: string, now = Date.now()): string {
  const payload = `${now + adminLinkMs}.${randomBytes(12).toString('base64url')}`
  return `${payload}.${sign(secretKey, payload).toString('base64url')}`
}

/** When the token ends, if it is ours and has not ended; that it is used once only is the caller's to see to. */
export function checkAdminToken(secretKey: string, token: string, now = Date.now()): Date | undefined {
  const [expires = '', nonce = '', signature = ''] = token.split('.')
  const wanted = sign(secretKey, `${expires}.${nonce}`)
  const given = Buffer.from(signature, 'base64url')
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted) || !(Number(expires) > now))
    return undefined
  return new Date(Number(expires))
}
