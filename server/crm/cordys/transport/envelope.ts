import type { HttpReply } from './request.ts'
import { z } from 'zod'
import { CordysError } from '../errors.ts'

const envelope = z.looseObject({
  code: z.number(),
  message: z.string().nullish(),
  messageDetail: z.unknown().optional(),
  data: z.unknown().optional(),
})

const success = 100200
const fieldMessages = z.record(z.string(), z.string())

/**
 * What an answer says: its data, or a CordysError. Success is the code 100200, not the status (cordys-api §1.2);
 * an empty 401 is a session that is over, an empty 200 an endpoint that does not exist.
 */
export function readEnvelope(api: string, { status, contentType, text, headers }: HttpReply): unknown {
  // `Authentication-Status: invalid` says the same, whatever a proxy put into the body.
  if (status === 401 && (text.trim() === '' || headers['authentication-status'] === 'invalid'))
    throw new CordysError('session_ended', { api, status })
  if (status === 405)
    throw new CordysError('unsupported', { api, status })
  if (status === 200 && text.trim() === '')
    throw new CordysError('unsupported', { api, status })
  if (status >= 502 && status <= 504)
    throw new CordysError('unreachable', { api, status })

  const parsed = envelope.safeParse(parseJson(text))
  if (!parsed.success)
    throw new CordysError(contentType.includes('json') && status === 200 ? 'unexpected' : 'not_json', { api, status })
  const { code, message, messageDetail, data } = parsed.data
  if (status === 200 && code === success)
    return data

  const details = { api, status, code, ...words(message), ...(/NullPointerException|Cannot invoke/.test(`${message} ${String(messageDetail)}`) && { isNullPointer: true }) }
  switch (status) {
    case 401:
      throw new CordysError('login_refused', details)
    case 403:
      throw new CordysError('denied', details)
    case 404:
      throw new CordysError('not_found', details)
    case 400: {
      const fields = fieldMessages.safeParse(messageDetail)
      throw new CordysError('invalid', { ...details, ...(fields.success && { fields: fields.data }) })
    }
    default:
      throw new CordysError('business', details)
  }
}

/** A message fit for people: unhandled exceptions put a Java class or a stack trace there. */
function words(message: string | null | undefined): { message?: string } {
  const text = message?.trim()
  return !text || text.length > 300 || /\n|Exception|\b(?:java|org|cn)\.\w+\.|Cannot invoke|JSON parse/.test(text) ? {} : { message: text }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  }
  catch {
    return undefined
  }
}
