import type { MessageFormat } from '#contract/messages/rules.ts'
import type { WorkMessage } from '../../dingtalk/index.ts'
import type { Locale } from '../../http/locale.ts'
import type { LinkSettings } from '../links/links.ts'
import { buildMessage } from '../build/build.ts'
import { linksTo } from '../links/links.ts'
import { frameWords, secondWords } from '../texts/words.ts'

interface Said {
  title: string
  text: { plain: string, markdown: string }
  author: string
  at: Date
  link: string
  /** Of the business event: two of them in one second are two messages all the same. */
  mark?: string
}

/** Puts what is said into DingTalk's form, with our words around it. */
export function settingOut(format: MessageFormat, { title, text, author, at, link, mark }: Said, locale: Locale, links: LinkSettings): WorkMessage {
  return buildMessage(format, {
    title,
    text,
    author,
    time: secondWords(at, locale),
    links: linksTo(link, links, mark),
    list: linksTo('xmessages', links),
    words: { open: frameWords.open[locale], list: frameWords.list[locale], time: frameWords.time[locale], app: frameWords.app[locale] },
    picture: `${links.base}/message.png`,
  })
}
