import type { WorkMessage } from '../../dingtalk/index.ts'
import { createHash } from 'node:crypto'
import { checkNotification, DingTalkError } from '../../dingtalk/index.ts'
import { isAllowedLink, targetsIn } from './allowed-links.ts'

/** Names a payload. DingTalk compares contents, so equal payloads are equal messages (dingtalk-server-api §5.1). */
export function hashOf(payload: string): string {
  return createHash('sha256').update(payload).digest('base64url')
}

/**
 * The JSON text that is sent, or why there is none: a message over the limits never leaves (dingtalk-server-api §5.1, §5.2), nor
 * one that leads elsewhere than to us and DingTalk, whoever wrote it. `linkBase`: what our own links begin with.
 */
export function fix(message: WorkMessage, linkBase: string): { payload: string, refusal?: undefined } | { payload: '', refusal: { reason: string, detail: string } } {
  try {
    checkNotification('enqueue', { userids: ['somebody'], message })
    if (isEmpty(message))
      return { payload: '', refusal: { reason: 'bad_message', detail: 'empty' } }
    const foreign = linksIn(message).find(link => !isAllowedLink(link, linkBase))
    if (foreign !== undefined)
      return { payload: '', refusal: { reason: 'foreign_link', detail: foreign.slice(0, 200) } }
    return { payload: JSON.stringify(message) }
  }
  catch (error) {
    if (!(error instanceof DingTalkError))
      throw error
    return { payload: '', refusal: { reason: error.reason, detail: error.text } }
  }
}

/** Where tapping it leads, pictures included; words that only look like an address are the templates' business. */
function linksIn(message: WorkMessage): string[] {
  switch (message.msgtype) {
    case 'text':
      return []
    case 'markdown':
      return targetsIn(message.markdown.text)
    case 'link':
      return [message.link.messageUrl, ...pictures(message.link.picUrl)]
    case 'action_card': {
      const card = message.action_card
      return [...('single_url' in card ? [card.single_url] : card.btn_json_list.map(({ action_url }) => action_url)), ...targetsIn(card.markdown)]
    }
    case 'oa': {
      const { message_url, pc_message_url, body } = message.oa
      return [message_url, ...(pc_message_url ? [pc_message_url] : []), ...pictures(body.image)]
    }
  }
}

/** DingTalk's media ids are no addresses. */
function pictures(picture: string | undefined): string[] {
  return picture && /^[a-z][a-z\d+.-]*:|^\/\//i.test(picture) ? [picture] : []
}

/** Without what its type is about, DingTalk refuses a message (dingtalk-server-api §5.2). */
function isEmpty(message: WorkMessage): boolean {
  switch (message.msgtype) {
    case 'text':
      return message.text.content.trim() === ''
    case 'markdown':
      return message.markdown.text.trim() === '' || message.markdown.title.trim() === ''
    case 'link':
      return [message.link.messageUrl, message.link.title, message.link.text].some(part => part.trim() === '')
    case 'action_card':
      return message.action_card.markdown.trim() === ''
    case 'oa':
      return message.oa.message_url.trim() === ''
  }
}
