import { AppError } from '../../../http/app-error.ts'
import { createAttempts } from '../../../http/attempts.ts'

/** Cordys knows no lockout (cordys-api §2.1), so guessing is slowed down here: failures in a quarter of an hour. */
const window = 15 * 60
const perAccount = 5
const perName = 10

/** Counts refused passwords by who tries and by which name is tried; other failures cost nothing. */
export function createPasswordLimits() {
  const accounts = createAttempts(perAccount, window)
  const names = createAttempts(perName, window)

  return async <T>({ accountId, username }: { accountId: string, username: string }, attempt: () => Promise<T>): Promise<T> => {
    const outcome = await accounts.guard(accountId, () =>
      names.guard(username.toLowerCase(), async () => {
        try {
          return { result: await attempt() }
        }
        catch (error) {
          if (error instanceof AppError && error.code === 'crm_login_refused')
            throw error
          return { error }
        }
      }))
    if ('error' in outcome)
      throw outcome.error
    return outcome.result
  }
}
