import type { MessageKind } from '#contract/messages/kinds.ts'
import type { Locale } from '../../http/locale.ts'
import type { Gathered, Merge } from '../../notifications/index.ts'
import type { LinkSettings } from '../links/links.ts'
import { writeLink } from '../links/target.ts'
import { escapeMarkdown, plain } from '../texts/escape.ts'
import { severalWords } from '../texts/words.ts'
import { settingOut } from './setting-out.ts'

/** Lines shown of several messages; the rest is a number. */
const lines = 5

/** The message that stands for several of one person: how many, the first few by name, and the list of messages behind it. */
export function createMerge(links: () => LinkSettings): Merge {
  return (kind, messages, locale, at) => {
    const words = severalWords[kind as MessageKind | 'digest']
    if (!words || messages.length < 2)
      return undefined
    const to = links()
    const title = words(messages.length)[locale]
    const shown = messages.slice(0, lines).map(message => (kind === 'digest' ? titled(message) : lineOf(message)))
    const more = messages.length - shown.length
    if (more > 0)
      shown.push(locale === 'zh-CN' ? `另有 ${more} 条` : `and ${more} more`)
    const text = { plain: shown.map(line => plain(line, to.base)).join('\n'), markdown: shown.map(line => escapeMarkdown(line, to.base)).join('\n') }
    return { title, message: settingOut('oa', { title, text, author: '', at, link: writeLink({ kind: 'page', page: kind.startsWith('plan.') ? 'plans' : 'messages' }) }, locale as Locale, to) }
  }
}

/** Of messages of several kinds each says also what happened, unless that names it already. */
function titled(message: Gathered): string {
  const line = lineOf(message)
  return message.title.includes(line) ? message.title : `${message.title} · ${line}`
}

/** What it is about: the plan's time and words, the comment, or the record's name. */
function lineOf({ title, data }: Gathered): string {
  const { record, content, due, comment, actor } = data
  if (content)
    return [due, content].filter(Boolean).join(' ')
  if (comment)
    return [actor, comment].filter(Boolean).join('：')
  return record ?? title
}
