import type { Locale, Text } from '../../http/locale.ts'
import { explainReason } from '../../dingtalk/index.ts'

type Reason = Record<'cause' | 'fix', Text>

const sendAgain: Text = {
  'zh-CN': '请向收件人确认；需要时可重发，内容完全相同，钉钉当天不会重复送达。',
  'en-US': 'Ask the recipient; if need be send again: the content is exactly the same, and DingTalk does not deliver it twice on one day.',
}

/** Our own words for why somebody did not get a message; DingTalk's codes are explained by its error catalogue. */
const own: Record<string, Reason> = {
  unbound: {
    cause: { 'zh-CN': '此人的 CRM 账号没有绑定钉钉成员。', 'en-US': 'This person\'s CRM account is not bound to a DingTalk member.' },
    fix: { 'zh-CN': '同步组织架构或手动绑定：绑定后会自动补发一天内的消息，更早的可在这里重发。', 'en-US': 'Synchronise the organisation or bind the account: what was missed within a day is then sent by itself, older messages can be sent again from here.' },
  },
  departed: {
    cause: { 'zh-CN': '此人已离职，或账号已停用。', 'en-US': 'This person has left, or the account is disabled.' },
    fix: { 'zh-CN': '无需处理；如属误停用，恢复账号后可重发。', 'en-US': 'Nothing to do; if the account was disabled by mistake, enable it and send again.' },
  },
  interrupted: {
    cause: {
      'zh-CN': '发送途中服务器中断，不确定钉钉是否已收到。',
      'en-US': 'The server was interrupted while sending; nobody knows whether DingTalk took the message.',
    },
    fix: sendAgain,
  },
  no_answer: {
    cause: {
      'zh-CN': '钉钉没有给出明确答复（{reason}），不确定是否已收到。',
      'en-US': 'DingTalk gave no clear answer ({reason}); nobody knows whether it took the message.',
    },
    fix: sendAgain,
  },
  recalled: {
    cause: { 'zh-CN': '发送前已被撤回。', 'en-US': 'It was taken back before it was sent.' },
    fix: { 'zh-CN': '无需处理。', 'en-US': 'Nothing to do.' },
  },
  send_failed: {
    cause: { 'zh-CN': '钉钉报告发送失败，没有说明原因。', 'en-US': 'DingTalk reports that sending failed, without a reason.' },
    fix: { 'zh-CN': '稍后重发；若反复失败，请确认此人能正常使用钉钉。', 'en-US': 'Send again later; if it keeps failing, check that this person can use DingTalk.' },
  },
  invalid_user: {
    cause: {
      'zh-CN': '钉钉不认识此成员，或此人不在应用的可见范围内。',
      'en-US': 'DingTalk does not know this member, or the app is not visible to them.',
    },
    fix: { 'zh-CN': '同步组织架构，并检查应用的可见范围，然后重发。', 'en-US': 'Synchronise the organisation and check who may see the app, then send again.' },
  },
  flow_control: {
    cause: { 'zh-CN': '钉钉因流量限制没有送达，未说明是哪一种。', 'en-US': 'DingTalk dropped the message for one of its limits without naming it.' },
    fix: { 'zh-CN': '过一会儿重发。', 'en-US': 'Send again in a while.' },
  },
  by_hand: {
    cause: { 'zh-CN': '管理员暂停了发送。', 'en-US': 'An administrator stopped sending.' },
    fix: { 'zh-CN': '点击"恢复发送"继续；等待中的消息不会丢失。', 'en-US': 'Choose "go on sending"; what waits is not lost.' },
  },
}

/** Why somebody possibly got a message: whatever went wrong, it is that no answer says. */
export function wordPossible(reason: string, locale: Locale): { cause: string, fix: string } {
  const { cause, fix } = own[reason === 'interrupted' ? 'interrupted' : 'no_answer']!
  return { cause: cause[locale].replace('{reason}', reason), fix: fix[locale] }
}

export type Details = Parameters<typeof explainReason>[2]

/** A reason in the reader's language. */
export function word(reason: string, locale: Locale, details: Details = {}): { cause: string, fix: string, where: string | null, link: string | null } {
  const known = Object.hasOwn(own, reason) ? own[reason] : undefined
  if (known)
    return { cause: known.cause[locale], fix: known.fix[locale], where: null, link: null }
  const { cause, fix, where, link } = explainReason(reason, locale, details)
  return { cause, fix, where: where ?? null, link: link ?? null }
}
