import { createHmac, timingSafeEqual } from 'node:crypto'

/** So long a browser may ask why its login failed. */
export const problemMs = 10 * 60 * 1000

const sign = (secretKey: string, payload: string) => createHmac('sha256', secretKey).update(`login-problem.${payload}`).digest()

/** What a browser whose login failed asks with: it stands for the trail's short code in this browser alone. */
export function makeProblemTicket(secretKey: string, loginCode: string, now = Date.now()): string {
  const payload = `${loginCode}.${now + problemMs}`
  return `${payload}.${sign(secretKey, payload).toString('base64url')}`
}

/** The short code, if the ticket is ours and has not ended. */
export function readProblemTicket(secretKey: string, ticket: string, now = Date.now()): string | undefined {
  const [loginCode = '', expires = '', signature = ''] = ticket.split('.')
  const wanted = sign(secretKey, `${loginCode}.${expires}`)
  const given = Buffer.from(signature, 'base64url')
  return given.length === wanted.length && timingSafeEqual(given, wanted) && Number(expires) > now ? loginCode : undefined
}
