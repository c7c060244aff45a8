import type { MessageFormat } from '#contract/messages/rules.ts'
import type { WorkMessage } from '../../dingtalk/index.ts'
import type { MessageLinks } from '../links/links.ts'
import { messageBytes, sendLimits } from '../../dingtalk/index.ts'
import { jsonBytes, shorten, units } from '../texts/shorten.ts'

/** What a message says, before it is put into one of DingTalk's forms. */
export interface MessageContent {
  title: string
  /** As plain text, and with markdown's characters escaped in its values. */
  text: { plain: string, markdown: string }
  /** Who did it; empty when time did. */
  author: string
  /** When, in words. Also what makes two messages of one day different: DingTalk drops equal ones (dingtalk-server-api §5.1). */
  time: string
  links: MessageLinks
  /** The list of messages, for the second button. */
  list: MessageLinks
  words: { open: string, list: string, time: string, app: string }
  /** A picture of ours, for `link`. */
  picture: string
}

/** Titles as long as DingTalk recommends (dingtalk-server-api §5.2), below its hard 64. */
const titleUnits = 50

/** Recommended lengths of the text, in characters (dingtalk-server-api §5.2); the bytes of the whole come on top. */
const textUnits: Record<MessageFormat, number> = { oa: 500, text: 500, link: 500, markdown: 5000, action_card: 1000, action_card_multi: 1000 }

const forms: Record<MessageFormat, (content: MessageContent, text: string) => WorkMessage> = {
  text: ({ title, time, links }, text) => ({
    msgtype: 'text',
    text: { content: [title, text, time, links.app].filter(Boolean).join('\n') },
  }),
  link: ({ title, time, links, picture }, text) => ({
    msgtype: 'link',
    link: { messageUrl: links.app, picUrl: picture, title, text: [text, time].filter(Boolean).join('\n') },
  }),
  markdown: ({ title, time, links, words }, text) => ({
    msgtype: 'markdown',
    markdown: { title, text: `### ${heading(title)}  \n  ${text}  \n  ${time}  \n  [${words.open}](${links.app})` },
  }),
  action_card: ({ title, time, links, words }, text) => ({
    msgtype: 'action_card',
    action_card: { title, markdown: cardText(title, text, time), single_title: words.open, single_url: links.app },
  }),
  action_card_multi: ({ title, time, links, list, words }, text) => ({
    msgtype: 'action_card',
    action_card: {
      title,
      markdown: cardText(title, text, time),
      btn_orientation: '1',
      btn_json_list: buttons(words, links, list),
    },
  }),
  oa: ({ title, author, time, links, words }, text) => ({
    msgtype: 'oa',
    oa: {
      message_url: links.phone,
      pc_message_url: links.pc,
      // The app's name takes the place of the text (dingtalk-server-api §5.2).
      head: { bgcolor: 'FF0B7A75', text: words.app },
      body: { title, form: [{ key: `${words.time}`, value: time }], ...(text && { content: text }), ...(author && { author }) },
    },
  }),
}

/** A message in the wanted form, shortened until DingTalk takes it: 2,048 bytes as JSON. */
export function buildMessage(format: MessageFormat, content: MessageContent): WorkMessage {
  const title = shorten(content.title, titleUnits, units)
  const asMarkdown = format === 'markdown' || format.startsWith('action_card')
  const text = shorten(asMarkdown ? lineBreaks(content.text.markdown) : content.text.plain, textUnits[format], units)
  const make = (text: string) => forms[format]({ ...content, title }, text)
  // Measured with a text of one byte: an empty one leaves out what stands around it.
  const room = sendLimits.messageBytes - messageBytes(make('.')) + 1
  return make(shorten(text, Math.max(0, room), jsonBytes))
}

/** DingTalk limits the two together; where the longer addresses are too long for that, the plain ones do. */
function buttons(words: MessageContent['words'], links: MessageLinks, list: MessageLinks) {
  const to = (way: 'app' | 'phone') => [{ title: words.open, action_url: links[way] }, { title: words.list, action_url: list[way] }]
  return JSON.stringify(to('app')).length > sendLimits.buttonList ? to('phone') : to('app')
}

/** Markdown joins lines; DingTalk breaks them at two spaces (dingtalk-server-api §5.2). */
function lineBreaks(text: string): string {
  return text.replaceAll(/\n+/g, '  \n  ')
}

function cardText(title: string, text: string, time: string): string {
  return `### ${heading(title)}  \n  ${text}  \n  ${time}`
}

/** A title was filled with plain values; inside markdown it must not mean anything. */
function heading(title: string): string {
  return title.replaceAll(/[*_`[\]<>#~|\\&]/g, ' ')
}
