import type { DingTalkExplanation, ErrorCode } from '#contract/errors.ts'
import type { Locale } from './locale.ts'
import { agentCodes, DingTalkError, explain } from '../dingtalk/index.ts'
import { AppError } from './app-error.ts'

/** Rethrows a DingTalk failure as one of our errors, explained; anything else unchanged. For `.catch(fromDingTalk)`. */
export function fromDingTalk(error: unknown): never {
  throw error instanceof DingTalkError ? new DingTalkFailure(error) : error
}

/** Keeps the original, so that the explanation is worded in the language of whoever reads it. */
export class DingTalkFailure extends AppError {
  readonly failure: DingTalkError

  constructor(failure: DingTalkError, code: ErrorCode = codeOf(failure)) {
    super(code, { cause: failure, ...(failure.retryAfter !== undefined && { retryAfter: failure.retryAfter }) })
    this.failure = failure
  }

  explanation(locale: Locale): DingTalkExplanation {
    const { cause, fix, where, link } = explain(this.failure, locale)
    const { reason, requestId } = this.failure
    return { code: reason, cause, fix, ...(where && { where }), ...(link && { link }), ...(agentCodes.includes(reason) && { agentId: true as const }), ...(requestId && { requestId }) }
  }
}

/** Which of our errors a DingTalk failure is to the person in front of the screen. */
function codeOf(error: DingTalkError): ErrorCode {
  const { kind } = explain(error, 'zh-CN')
  if (error.reason === 'busy')
    return 'login_busy'
  if (error.reason === '40079')
    return 'login_not_visible'
  if (error.reason === 'corp_mismatch')
    return 'wrong_corp'
  if (error.reason === 'not_configured')
    return 'not_configured'
  if (kind === 'code')
    return 'login_code_invalid'
  if (kind === 'throttle' || kind === 'quota')
    return 'dingtalk_throttled'
  return error.httpStatus === 0 || error.outcome === 'unknown' ? 'dingtalk_unreachable' : 'dingtalk_rejected'
}
