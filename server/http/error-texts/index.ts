import type { ApiErrorBody, FieldIssue } from '#contract/errors.ts'
import type { AppError } from '../app-error.ts'
import type { Locale } from '../locale.ts'
import { DingTalkFailure } from '../dingtalk-error.ts'
import { errorTexts } from './errors.ts'
import { issueTexts } from './issues.ts'

/** The error as the client gets it, in the reader's language. */
export function wordError(error: AppError, locale: Locale, requestId: string): ApiErrorBody {
  const { message, help } = errorTexts[error.code]
  const { issues, retryAfter, ask, values } = error.details
  const fill = (text: string) =>
    text.replace(/\{(\w+)\}/g, (_, name: string) => String({ ...values, retryAfter: Math.ceil(retryAfter ?? 1) }[name] ?? ''))
  return {
    code: error.code,
    message: fill(message[locale]),
    ...(help && fill(help[locale]) && { help: fill(help[locale]) }),
    requestId,
    ...(issues && { issues: issues.map(issue => wordIssue(issue, locale)) }),
    ...(error instanceof DingTalkFailure && { dingtalk: error.explanation(locale) }),
    ...(retryAfter !== undefined && { retryAfter: Math.ceil(retryAfter) }),
    ...(ask && ask.length > 0 && { ask }),
  }
}

function wordIssue({ path, message }: FieldIssue, locale: Locale): FieldIssue {
  const [key = '', parameter = ''] = message.split(':')
  const text = issueTexts[key] ?? issueTexts.invalid!
  return { path, message: text[locale].replace('{0}', parameter) }
}
