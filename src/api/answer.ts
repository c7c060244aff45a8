import type { ApiErrorBody } from '#contract/errors.ts'
import { ApiError } from './errors.ts'

/**
 * Turns a failing HTTP answer into an ApiError. Anything that is not our error envelope (a proxy's
 * HTML page, an empty body) becomes `bad_answer`, or `unavailable` for a gateway's 502 to 504.
 */
export function errorFromAnswer(status: number, body: unknown, headers: { retryAfter?: string | null, requestId?: string | null } = {}): ApiError {
  const error = envelope(body)
  if (error) {
    const retryAfter = error.retryAfter ?? seconds(headers.retryAfter)
    return new ApiError({ ...error, status, ...(retryAfter !== undefined && { retryAfter }) })
  }
  const requestId = headers.requestId ?? undefined
  return new ApiError({ code: status >= 502 && status <= 504 ? 'unavailable' : 'bad_answer', status, ...(requestId && { requestId }) })
}

/** The envelope is our own server's: its shape is checked as far as the H5 relies on it. */
function envelope(body: unknown): ApiErrorBody | undefined {
  if (typeof body !== 'object' || body === null || !('error' in body))
    return undefined
  const { error } = body
  if (typeof error !== 'object' || error === null || !('code' in error) || typeof error.code !== 'string')
    return undefined
  return error as ApiErrorBody
}

function seconds(header: string | null | undefined): number | undefined {
  const value = Number(header)
  return header && Number.isFinite(value) && value >= 0 ? value : undefined
}
