import type { MergePreview } from '#contract/people/accounts.ts'
import type { Question } from '../../../../components/dialog/index.ts'
import { listWords, t, textFor } from '../../../../locales/index.ts'

/** What a merge would do, as the question before it. */
export function mergeWords({ keep, drop, records, binding, fills, becomesAdministrator, elsewhere }: MergePreview): Question {
  const kinds = listWords(records.map(({ kind, count }) => `${textFor(`people.kinds.${kind}`) ?? kind} ${count}`))
  const lines = [
    elsewhere ? t('people.account.mergeElsewhere') : kinds ? t('people.account.mergeRecords', { list: kinds }) : t('people.account.mergeNoRecords'),
    t(`people.account.mergeBinding.${binding}`),
    fills.length > 0 ? t('people.account.mergeFills', { list: listWords(fills.map(field => textFor(`people.account.fields.${field}`) ?? field)) }) : '',
    becomesAdministrator ? t('people.account.mergeAdmin') : '',
    t('people.account.mergeEnd', { from: drop.name }),
  ]
  return { title: t('people.account.mergeAsk', { from: drop.name, into: keep.name }), text: lines.filter(Boolean).join('\n'), yes: t('people.account.mergeYes'), danger: true }
}
