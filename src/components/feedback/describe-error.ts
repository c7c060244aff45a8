import { isApiError } from '../../api/index.ts'
import { t, textFor } from '../../locales/index.ts'

export interface DescribedError {
  message: string
  help?: string
  /** Finds the server's log line. */
  requestId?: string
  /** Finds the steps of a failed login in the login log. */
  loginCode?: string
}

/** What to tell people about a failed request; the server's words are already in their language. */
export function describeError(error: unknown): DescribedError {
  if (!isApiError(error))
    return { message: t('common.loadFailed') }
  // Without an answer of our own server the message is only the code, which is no sentence.
  const silent = error.message === error.code
  const message = silent ? (textFor(`common.network.${error.code}`) ?? t('common.loadFailed')) : error.message
  const help = error.help ?? (silent ? textFor(`common.networkHelp.${error.code}`) : undefined)
  return { message, ...(help && { help }), ...(error.requestId && { requestId: error.requestId }), ...(error.loginCode && { loginCode: error.loginCode }) }
}
