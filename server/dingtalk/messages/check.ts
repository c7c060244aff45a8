import type { WorkMessage, WorkNotification } from './types.ts'
import { Buffer } from 'node:buffer'
import { DingTalkError } from '../errors/dingtalk-error.ts'

/** Hard limits of one call (dingtalk-server-api §5.1, §5.2). */
export const sendLimits = {
  userids: 100,
  deptIds: 20,
  /** UTF-8 bytes of the message as JSON. */
  messageBytes: 2048,
  singleTitle: 20,
  singleUrl: 500,
  actionUrl: 700,
  buttonList: 1000,
} as const

/** Size of a message the way DingTalk counts it, in UTF-8 bytes. */
export function messageBytes(message: WorkMessage): number {
  return Buffer.byteLength(JSON.stringify(message), 'utf8')
}

/**
 * Refuses what DingTalk would refuse, or worse, silently drop. Throws `bad_message` or `bad_receivers` with the
 * limit in the text; nothing was sent then.
 */
export function checkNotification(api: string, notification: WorkNotification): void {
  const { userids = [], deptIds = [], toAll, message } = notification
  const refuse = (reason: 'bad_message' | 'bad_receivers', text: string): never => {
    throw new DingTalkError({ reason, api, httpStatus: 0, outcome: 'rejected', text })
  }
  if (!toAll && !userids.length && !deptIds.length)
    refuse('bad_receivers', 'no receivers')
  if (userids.length > sendLimits.userids)
    refuse('bad_receivers', `${userids.length} userids, at most ${sendLimits.userids}`)
  if (deptIds.length > sendLimits.deptIds)
    refuse('bad_receivers', `${deptIds.length} departments, at most ${sendLimits.deptIds}`)
  if (userids.some(id => !id || id.includes(',')))
    refuse('bad_receivers', 'a userid is empty or holds a comma')
  const bytes = messageBytes(message)
  if (bytes > sendLimits.messageBytes)
    refuse('bad_message', `${bytes} bytes, at most ${sendLimits.messageBytes}`)
  const trouble = message.msgtype === 'action_card' ? cardTrouble(message.action_card) : undefined
  if (trouble)
    refuse('bad_message', trouble)
}

function cardTrouble(card: Extract<WorkMessage, { msgtype: 'action_card' }>['action_card']): string | undefined {
  if ('single_title' in card) {
    if (card.single_title.length > sendLimits.singleTitle)
      return `single_title has ${card.single_title.length} characters, at most ${sendLimits.singleTitle}`
    return card.single_url.length > sendLimits.singleUrl ? `single_url is longer than ${sendLimits.singleUrl}` : undefined
  }
  if (JSON.stringify(card.btn_json_list).length > sendLimits.buttonList)
    return `btn_json_list is longer than ${sendLimits.buttonList}`
  const button = card.btn_json_list.find(item => item.title.length > sendLimits.singleTitle || item.action_url.length > sendLimits.actionUrl)
  return button ? 'a button has a title or link that is too long' : undefined
}
