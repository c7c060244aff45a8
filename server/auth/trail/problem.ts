import type { ErrorCode } from '#contract/errors.ts'
import type { LoginProblem } from '#contract/session.ts'
import type { Db } from '../../db/index.ts'
import type { Locale } from '../../http/locale.ts'
import { eq } from 'drizzle-orm'
import { errorStatus } from '#contract/errors.ts'
import { tables } from '../../db/index.ts'
import { explainReason } from '../../dingtalk/index.ts'
import { AppError } from '../../http/app-error.ts'
import { errorTexts } from '../../http/error-texts/errors.ts'
import { wordError } from '../../http/error-texts/index.ts'
import { storedSteps } from './list.ts'

const { loginTrail } = tables

/** What only administrators can help with, and whoever reads it was vouched for by DingTalk: their names may be told. */
const helpedByAdministrators: readonly ErrorCode[] = ['member_unknown', 'account_disabled']

/** A failed login as the person in front of the screen is told of it, from its trail: as inside DingTalk, where it is the answer itself. */
export async function readProblem(db: Db, loginCode: string, locale: Locale, administrators: () => Promise<string[]>): Promise<LoginProblem | null> {
  const [trail] = await db.select().from(loginTrail).where(eq(loginTrail.code, loginCode))
  if (!trail || trail.result === 'ok')
    return null
  const code = trail.result in errorStatus ? trail.result as ErrorCode : 'internal'
  const ask = helpedByAdministrators.includes(code) ? await administrators() : []
  const { message, help } = wordError(new AppError(code), locale, trail.requestId)
  const failure = storedSteps.parse(trail.steps).findLast(({ ok }) => !ok)?.failure
  const explained = failure && explainReason(failure.reason, locale, failure)
  return {
    code,
    message,
    // How long to wait is not known any more.
    ...(help && !errorTexts[code].help?.[locale].includes('{') && { help }),
    requestId: trail.requestId,
    loginCode,
    ask,
    ...(failure && explained && {
      dingtalk: {
        code: failure.reason,
        cause: explained.cause,
        fix: explained.fix,
        ...(explained.where && { where: explained.where }),
        ...(explained.link && { link: explained.link }),
        ...(failure.requestId && { requestId: failure.requestId }),
      },
    }),
  }
}
