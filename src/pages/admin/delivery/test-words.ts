import type { ApiOutput } from '#contract/index.ts'
import { t } from '../../../locales/index.ts'

/** What became of a test message: DingTalk took it, or why it did not. */
export function testWords({ result, resumed }: Pick<ApiOutput<'POST /api/notifications'>, 'result' | 'resumed'>): string {
  const taken = result.state === 'sent' || result.state === 'not_checked'
  if (!taken)
    return t('admin.delivery.testNot', { why: result.cause ?? t(`admin.delivery.states.${result.state}`) })
  return t(resumed ? 'admin.delivery.testResumed' : 'admin.delivery.testTaken')
}
