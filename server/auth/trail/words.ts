import type { Locale } from '../../http/locale.ts'
import type { StoredStep } from './list.ts'
import { clientFailures } from '#contract/client-failures.ts'
import { errorStatus } from '#contract/errors.ts'
import { explainReason } from '../../dingtalk/index.ts'
import { errorTexts } from '../../http/error-texts/errors.ts'

/** What a result means and what to do: DingTalk's own reason explained where there is one, else our error's text. */
export function wordResult(result: string, steps: StoredStep[], locale: Locale): { message: string | null, help: string | null } {
  if (result === 'ok')
    return { message: null, help: null }
  // What only the H5 saw, it has the words for (problems.codes of its locales).
  if (!(result in errorStatus) && (clientFailures as readonly string[]).includes(result))
    return { message: null, help: null }
  const failed = steps.findLast(({ ok }) => !ok)
  const [, reason] = failed?.note?.split(' ') ?? []
  if (reason) {
    const { cause, fix } = explainReason(reason, locale, failed?.failure)
    return { message: cause, help: fix }
  }
  const texts = result in errorStatus ? errorTexts[result as keyof typeof errorStatus] : errorTexts.internal
  const plain = (text: string | undefined) => text?.replace(/\{\w+\}/g, '…') ?? null
  return { message: plain(texts.message[locale]), help: plain(texts.help?.[locale]) }
}
