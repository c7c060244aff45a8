import { DrizzleQueryError } from 'drizzle-orm'

/** What a database says of an error that names things of the schema, not what is in it. */
const harmless = ['code', 'severity', 'schema', 'table', 'column', 'dataType', 'constraint', 'routine']

/** SQLSTATE class 22, "data exception": its messages quote the value. */
const quotesValues = /^22/

/** How deep causes are followed. */
const deepest = 8

/**
 * The error as it may be written down. A failed query's error carries the query's values, as do the details that
 * Postgres adds to it (`Key (phone)=(…)`), and these are people's data: what happened and where in the code stays, here
 * and in every cause.
 */
export function withoutValues(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error) || !touchesQuery(error))
    return error
  const ofDatabase = isOfDatabase(error)
  const message = error instanceof DrizzleQueryError ? 'the query failed' : ofDatabase && quotesValues.test(error.code) ? error.message.replace(/"[\s\S]*"/, '"…"') : error.message
  const { cause, errors } = error as { cause?: unknown, errors?: unknown }
  const kept = Object.entries(error).filter(([key]) => (ofDatabase ? harmless.includes(key) : !(error instanceof DrizzleQueryError)))
  const deeper = (inner: unknown) => (depth < deepest ? withoutValues(inner, depth + 1) : 'causes go on')
  return Object.assign(Object.create(Object.getPrototypeOf(error) as object) as Error, Object.fromEntries(kept), {
    message,
    stack: `${error.name}: ${message}${framesOf(error)}`,
    ...(cause !== undefined && { cause: deeper(cause) }),
    ...(Array.isArray(errors) && { errors: errors.map(deeper) }),
  })
}

function touchesQuery(error: unknown, depth = 0): boolean {
  if (!(error instanceof Error))
    return false
  if (depth > deepest)
    return true
  const { cause, errors } = error as { cause?: unknown, errors?: unknown }
  return error instanceof DrizzleQueryError || isOfDatabase(error) || [cause, ...(Array.isArray(errors) ? errors as unknown[] : [])].some(inner => touchesQuery(inner, depth + 1))
}

function isOfDatabase(error: Error): error is Error & { code: string } {
  return 'severity' in error && 'code' in error && typeof error.code === 'string'
}

/** The lines of the stack behind the message, which may go over many lines itself. */
function framesOf({ stack = '', message }: Error): string {
  const at = stack.indexOf(message)
  return at < 0 ? '' : stack.slice(at + message.length)
}
