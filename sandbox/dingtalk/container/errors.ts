import type { ErrorRequestHandler } from 'express'
import { ZodError } from 'zod'

/** Bad input becomes a 400 that says which field; everything else a 500 with its message. */
export const reportError: ErrorRequestHandler = (error: unknown, _req, res, next) => {
  if (res.headersSent)
    return next(error)
  if (error instanceof ZodError) {
    return void res.status(400).json({ error: error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`).join('; ') })
  }
  const status = typeof error === 'object' && error && 'status' in error && typeof error.status === 'number' ? error.status : 500
  res.status(status).json({ error: error instanceof Error ? error.message : String(error) })
}
