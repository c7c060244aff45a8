import type { MessageKind } from '#contract/messages/kinds.ts'
import type { MessageTexts } from '#contract/messages/templates.ts'
import type { Locale } from '../../http/locale.ts'
import { english } from './en-us.ts'
import { variablesOf } from './variables.ts'
import { momentWords } from './words.ts'
import { chinese } from './zh-cn.ts'

/** The words of a kind as this version brings them. */
export function defaultTexts(kind: MessageKind): MessageTexts {
  return { 'zh-CN': chinese[kind], 'en-US': english[kind] }
}

/** Values of one message in each language. */
export type Values = Record<Locale, Record<string, string>>

/** Sample values, for preview and test. */
export function sampleValues(kind: MessageKind): Values {
  const given = Object.entries(variablesOf[kind])
  const inWords = (locale: Locale) =>
    Object.fromEntries(given.map(([name, value]) => [name, 'moment' in value ? momentWords(new Date(value.moment), locale) : value[locale]]))
  return { 'zh-CN': inWords('zh-CN'), 'en-US': inWords('en-US') }
}
