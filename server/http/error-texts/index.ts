import type { ApiErrorBody } from '#contract/errors.ts'
import type { AppError } from '../app-error.ts'
import type { Locale } from '../locale.ts'
import { DingTalkFailure } from '../dingtalk-error.ts'
import { errorTexts } from './errors.ts'
import { issueTexts } from './issues.ts'

/** The error as the client gets it, in the reader's language. */
export function wordError(error: AppError, locale: Locale, requestId: string): ApiErrorBody {
  const { message, help } = errorTexts[error.code]
  const { issues, retryAfter, ask, versions, values } = error.details
  const fill = (text: string) =>
    text.replace(/\{(\w+)\}/g, (_, name: string) => String({ ...values, retryAfter: Math.ceil(retryAfter ?? 1) }[name] ?? '')).trim()
  return {
    code: error.code,
    message: fill(message[locale]),
    ...(help && fill(help[locale]) && { help: fill(help[locale]) }),
    requestId,
    ...(issues && { issues: issues.map(({ path, message }) => ({ path, message: wordIssue(message, locale) })) }),
    ...(error instanceof DingTalkFailure && { dingtalk: error.explanation(locale) }),
    ...(retryAfter !== undefined && { retryAfter: Math.ceil(retryAfter) }),
    ...(ask && ask.length > 0 && { ask }),
    ...(versions && { versions }),
  }
}

/** The words for what is wrong with a value: a key of the texts, perhaps with a parameter (`too_long:200`). */
export function wordIssue(message: string, locale: Locale): string {
  const [key = '', parameter = ''] = message.split(':')
  const text = issueTexts[key] ?? issueTexts.invalid!
  return text[locale].replace('{0}', parameter)
}
