import type { ApiInput } from '#contract/index.ts'
import type { DingTalkValues } from './store.ts'
import { AppError } from '../http/app-error.ts'

interface Told {
  confirmed: NonNullable<ApiInput<'PUT /api/settings/dingtalk'>['body']['confirmed']>
  /** Which logins are known to work with this app in this company: seen, and not failed since. */
  proven: { dingtalk: boolean, browser: boolean }
}

type Decided = Pick<DingTalkValues, 'corpId' | 'loginInDingTalk' | 'loginInBrowser'>

/**
 * Stops changes that can shut everybody out: always where no login would be left, else until they are confirmed.
 * @throws {AppError} logins_off, corp_change, login_unproven
 */
export function refuseLockout(before: Decided, after: Decided, { confirmed, proven }: Told): void {
  if (!after.loginInDingTalk && !after.loginInBrowser)
    throw new AppError('logins_off')
  if (before.corpId !== null && after.corpId !== before.corpId && !confirmed.includes('corp'))
    throw new AppError('corp_change')
  const closes = (before.loginInDingTalk && !after.loginInDingTalk) || (before.loginInBrowser && !after.loginInBrowser)
  const leftWorks = after.loginInDingTalk ? proven.dingtalk : proven.browser
  if (closes && !leftWorks && !confirmed.includes('login'))
    throw new AppError('login_unproven')
}
