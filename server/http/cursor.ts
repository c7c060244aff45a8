import type { z } from 'zod'
import { Buffer } from 'node:buffer'
import { invalid } from './app-error.ts'

/** Where the next page starts, as text without meaning to clients. */
export function writeCursor(position: object): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url')
}

/**
 * Reads a cursor made by {@link writeCursor}. A forged one can only name another position in a list that
 * is filtered by the reader's rights anyway, so it is checked for its shape and not signed.
 * @throws {AppError} validation_failed when it is not of this shape
 */
export function readCursor<T extends z.ZodType>(schema: T, cursor: string | undefined): z.output<T> | undefined {
  if (cursor === undefined)
    return undefined
  const parsed = schema.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString('utf8')))
  if (!parsed.success) {
    throw invalid([{ path: 'cursor', message: 'invalid' }])
  }
  return parsed.data
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  }
  catch {
    return undefined
  }
}
