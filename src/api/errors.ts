import type { ApiErrorBody, DingTalkExplanation, ErrorCode, FieldIssue } from '#contract/errors.ts'

/** Failures that never reached the server, or whose answer was not ours. */
export type NetworkCode = 'offline' | 'timeout' | 'network' | 'bad_answer'

/** What this device itself cannot send. */
export type LocalCode = 'picture_lost'

export type ApiErrorCode = ErrorCode | NetworkCode | LocalCode

export interface ApiErrorDetails extends Partial<Omit<ApiErrorBody, 'code'>> {
  code: ApiErrorCode
  /** HTTP status; 0 when there was no answer. */
  status: number
}

/** The one error `request` throws (besides the AbortError of a cancelled request). */
export class ApiError extends Error {
  readonly code: ApiErrorCode
  readonly status: number
  readonly help: string | undefined
  readonly requestId: string | undefined
  readonly issues: readonly FieldIssue[]
  readonly dingtalk: DingTalkExplanation | undefined
  /** Seconds. */
  readonly retryAfter: number | undefined
  readonly ask: readonly string[]
  /** Of a stale edit: what was sent, and what is stored now. */
  readonly versions: ApiErrorBody['versions']
  /** Of a failed login: what administrators find its trail by. */
  readonly loginCode: string | undefined

  constructor(details: ApiErrorDetails) {
    super(details.message ?? details.code)
    this.name = 'ApiError'
    this.code = details.code
    this.status = details.status
    this.help = details.help
    this.requestId = details.requestId
    this.issues = details.issues ?? []
    this.dingtalk = details.dingtalk
    this.retryAfter = details.retryAfter
    this.ask = details.ask ?? []
    this.versions = details.versions
    this.loginCode = details.loginCode
  }

  /** The server was never asked, or its answer got lost: trying again may simply work. */
  get isNetwork(): boolean {
    return this.status === 0
  }
}

export function isApiError(error: unknown): error is ApiError {
  return error instanceof ApiError
}

/** A request the caller cancelled: nothing to show. */
export function isCancelled(error: unknown): boolean {
  return error instanceof Error && (error.name === 'CanceledError' || error.name === 'AbortError')
}
