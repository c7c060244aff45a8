import type { RequestHandler } from 'express'
import { z } from 'zod'

/** A control request that cannot be carried out; answered with HTTP 400 and its message, and DingTalk's code where it has one. */
export class ControlError extends Error {
  readonly code: number | undefined
  constructor(message: string, code?: number) {
    super(message)
    this.code = code
  }
}

/** Runs a control action and answers its result as JSON, or `{ error, code? }` with HTTP 400. */
export function control(action: (input: { body: unknown, query: unknown, params: Record<string, string> }) => unknown): RequestHandler {
  return async (request, response) => {
    try {
      const params = request.params as Record<string, string>
      response.json((await action({ body: request.body ?? {}, query: request.query, params })) ?? { ok: true })
    }
    catch (error) {
      if (error instanceof z.ZodError)
        response.status(400).json({ error: z.prettifyError(error) })
      else if (error instanceof ControlError)
        response.status(400).json({ error: error.message, code: error.code })
      else throw error
    }
  }
}
