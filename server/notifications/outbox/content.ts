import type { WorkMessage } from '../../dingtalk/index.ts'
import { createHash } from 'node:crypto'
import { checkNotification, DingTalkError } from '../../dingtalk/index.ts'

/** Names a payload. DingTalk compares contents, so equal payloads are equal messages (dingtalk-server-api §5.1). */
export function hashOf(payload: string): string {
  return createHash('sha256').update(payload).digest('base64url')
}

/** The JSON text that is sent, or why there is none: a message over the limits never leaves (dingtalk-server-api §5.1, §5.2). */
export function fix(message: WorkMessage): { payload: string, refusal?: undefined } | { payload: '', refusal: { reason: string, detail: string } } {
  try {
    checkNotification('enqueue', { userids: ['somebody'], message })
    if (isEmpty(message))
      return { payload: '', refusal: { reason: 'bad_message', detail: 'empty' } }
    return { payload: JSON.stringify(message) }
  }
  catch (error) {
    if (!(error instanceof DingTalkError))
      throw error
    return { payload: '', refusal: { reason: error.reason, detail: error.text } }
  }
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
