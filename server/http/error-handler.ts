import type { ErrorRequestHandler } from 'express'
import { DingTalkError } from '../dingtalk/index.ts'
import { AppError, invalid } from './app-error.ts'
import { DingTalkFailure } from './dingtalk-error.ts'
import { wordError } from './error-texts/index.ts'
import { pickLocale } from './locale.ts'

function fromBodyParser(error: unknown): AppError | undefined {
  const type = error instanceof Error && 'type' in error ? error.type : undefined
  switch (type) {
    case 'entity.parse.failed':
    case 'encoding.unsupported':
    case 'request.size.invalid':
    case 'request.aborted':
      return new AppError('bad_request', { cause: error })
    case 'charset.unsupported':
      return new AppError('unsupported_media_type', { cause: error })
    case 'entity.too.large':
      return new AppError('payload_too_large', { cause: error })
  }
  // Bodies that cannot be decompressed carry a status, but no type.
  if (error instanceof Error && 'status' in error && typeof error.status === 'number' && error.status >= 400 && error.status < 500)
    return new AppError('bad_request', { cause: error })
  // A malformed %-sequence in the path.
  return error instanceof URIError ? invalid([{ path: 'path', message: 'invalid' }]) : undefined
}

function toAppError(error: unknown): AppError | undefined {
  if (error instanceof AppError)
    return error
  return error instanceof DingTalkError ? new DingTalkFailure(error) : fromBodyParser(error)
}

/** The last middleware: every failure leaves as `{ error: … }`; what we did not expect is logged and says nothing of the inside. */
export function errorHandler(): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    if (res.headersSent)
      return next(error)
    const known = toAppError(error)
    const answer = known ?? new AppError('internal', { cause: error })
    if (known)
      req.log.info({ code: answer.code, issues: answer.details.issues, cause: answer.cause }, 'refused')
    else req.log.error({ err: error }, 'failed')
    if (answer.details.retryAfter !== undefined)
      res.set('retry-after', String(Math.ceil(answer.details.retryAfter)))
    res.status(answer.status).set('cache-control', 'no-store')
    const body = wordError(answer, pickLocale(req.headers['accept-language']), String(req.id))
    const loginCode: unknown = res.locals.loginCode
    res.json({ error: { ...body, ...(typeof loginCode === 'string' && { loginCode }) } })
  }
}
