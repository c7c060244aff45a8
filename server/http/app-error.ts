import type { ApiErrorBody, ErrorCode, FieldIssue } from '#contract/errors.ts'
import { errorStatus } from '#contract/errors.ts'

type Details = Partial<Pick<ApiErrorBody, 'issues' | 'retryAfter' | 'ask' | 'versions'>> & {
  cause?: unknown
  /** Values for the `{name}` places in the error's text. */
  values?: Record<string, string | number>
}

/** An expected failure: its code decides status, texts and what the client does. */
export class AppError extends Error {
  override name = 'AppError'
  readonly code: ErrorCode
  readonly details: Details

  constructor(code: ErrorCode, details: Details = {}) {
    super(code, { cause: details.cause })
    this.code = code
    this.details = details
  }

  get status(): number {
    return errorStatus[this.code]
  }
}

export function invalid(issues: FieldIssue[]): AppError {
  return new AppError('validation_failed', { issues })
}
