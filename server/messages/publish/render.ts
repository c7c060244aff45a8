import type { MessageKind } from '#contract/messages/kinds.ts'
import type { MessageTemplate } from '#contract/messages/templates.ts'
import type { Locale } from '../../http/locale.ts'
import type { Values } from '../texts/index.ts'
import type { Notice } from './notice.ts'
import { escapeMarkdown, oneLine, plain } from '../texts/escape.ts'
import { fill } from '../texts/fill.ts'
import { shorten, units } from '../texts/shorten.ts'
import { variablesOf } from '../texts/variables.ts'
import { momentWords, recordWords } from '../texts/words.ts'

/** A value is a word or two of a sentence, a comment at most a paragraph … */
const valueUnits = 300

/** … except these, which are the text: longer, and with lines of their own. */
const wholeTexts = new Set(['content', 'list'])
const wholeTextUnits = 1500

/** The values of a notice in each language: what every kind knows of it, and its own. */
export function valuesOf({ kind, actor, record, values = {} }: Notice): Values {
  const inWords = (locale: Locale) => {
    const given: Record<string, string> = {
      ...(actor && { actor: actor.name }),
      ...(record && { record: record.name, type: recordWords[record.kind][locale] }),
    }
    for (const [name, value] of Object.entries(values)) given[name] = inLanguage(kind, name, value, locale)
    return given
  }
  return { 'zh-CN': inWords('zh-CN'), 'en-US': inWords('en-US') }
}

function inLanguage(kind: MessageKind, name: string, value: string | Record<Locale, string>, locale: Locale): string {
  const text = typeof value === 'string' ? value : value[locale]
  const variable = variablesOf[kind][name]
  const at = variable && 'moment' in variable ? new Date(text) : undefined
  return at && !Number.isNaN(at.getTime()) ? momentWords(at, locale) : text
}

/** What a template says: plain for the inbox and plain forms, and for markdown. A value cannot break out of its place, nor lead elsewhere. */
export function render(template: MessageTemplate, values: Readonly<Record<string, string>>, base: string) {
  const inText = (escape: (line: string) => string) => (value: string, name: string) =>
    wholeTexts.has(name)
      ? shorten(value, wholeTextUnits, units).split(/\n+/).map(escape).filter(Boolean).join('\n')
      : escape(shorten(value, valueUnits, units))
  return {
    title: oneLine(fill(template.title, values, value => plain(shorten(value, valueUnits, units), base))),
    text: {
      inbox: fill(template.text, values, inText(oneLine)),
      plain: fill(template.text, values, inText(line => plain(line, base))),
      markdown: fill(template.text, values, inText(line => escapeMarkdown(line, base))),
    },
  }
}
