import { isApiError } from '../../api/index.ts'
import { t, textFor } from '../../locales/index.ts'

export interface DescribedError {
  message: string
  help?: string
  /** Finds the server's log line. */
  requestId?: string
}

/** What to tell people about a failed request; the server's words are already in their language. */
export function describeError(error: unknown): DescribedError {
  if (!isApiError(error))
    return { message: t('common.loadFailed') }
  const own = textFor(`common.network.${error.code}`)
  return {
    message: own ?? error.message,
    ...(error.help && { help: error.help }),
    ...(error.requestId && { requestId: error.requestId }),
  }
}
