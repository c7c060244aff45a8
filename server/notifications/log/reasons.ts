import type { Locale, Text } from '../../http/locale.ts'
import { explainReason } from '../../dingtalk/index.ts'

type Reason = Record<'cause' | 'fix', Text>

const sendAgain: Text = {
  'zh-CN': '请向收件人确认；需要时可重发：内容完全相同，钉钉当天不会重复送达，隔天重发则可能收到两次。',
  'en-US': 'Ask the recipient; if need be send again: the content is exactly the same, and DingTalk does not deliver it twice on one day. On another day it may arrive twice.',
}

/** Our own words for why somebody did not get a message; DingTalk's codes are explained by its error catalogue. */
const own: Record<string, Reason> = {
  unbound: {
    cause: { 'zh-CN': '此人的 CRM 账号没有绑定钉钉成员。', 'en-US': 'This person\'s CRM account is not bound to a DingTalk member.' },
    fix: { 'zh-CN': '同步组织架构或手动绑定：绑定后会自动补发一天内的消息，更早的可在这里重发。', 'en-US': 'Synchronise the organisation or bind the account: what was missed within a day is then sent by itself, older messages can be sent again from here.' },
  },
  crowded_departments: {
    cause: {
      'zh-CN': '这次调用的人数超过每分钟接收人次的上限：钉钉可能悄悄丢弃一部分，按部门发送时无从得知。',
      'en-US': 'This call reaches more people than may be sent to in a minute: DingTalk may drop some of them without a word, and of departments nobody can know.',
    },
    fix: {
      'zh-CN': '重要的内容请改用逐人发送，它会按上限分批，并能看到每个人的结果。',
      'en-US': 'What matters is better sent to each person: that keeps to the limit, and shows what became of it for everybody.',
    },
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
  company_changed: {
    cause: {
      'zh-CN': '连接的企业已更换：这条消息属于原来的企业，不再发送，也不再查询或撤回。',
      'en-US': 'Another company was connected: this message belongs to the one before, and is not sent, asked about or taken back any more.',
    },
    fix: { 'zh-CN': '如果新企业也需要，请重新发送新的消息。', 'en-US': 'If the new company is to know as well, write a new message.' },
  },
  delivered_before: {
    cause: { 'zh-CN': '第一次发送其实已送达：重发时钉钉回复此人当天已有相同内容。', 'en-US': 'The first attempt had arrived: when it was sent again, DingTalk said that this person has this content already.' },
    fix: { 'zh-CN': '无需处理；是否已读无法得知。', 'en-US': 'Nothing to do; whether it was read cannot be known.' },
  },
  expired: {
    cause: { 'zh-CN': '等待太久，消息已失去意义，没有发送。', 'en-US': 'It waited until it was of no use any more, and was not sent.' },
    fix: { 'zh-CN': '先解决发送停止的原因；仍然需要时可重发。', 'en-US': 'Solve what stopped delivery first; if it is still wanted, send it again.' },
  },
  foreign_link: {
    cause: { 'zh-CN': '消息里有指向其他网站的链接，没有发送。', 'en-US': 'The message leads to another site and was not sent.' },
    fix: { 'zh-CN': '只能使用本系统和钉钉的链接；请检查 PUBLIC_URL 是否与用户访问的地址一致。', 'en-US': 'Only links of this system and of DingTalk are sent; check that PUBLIC_URL is the address people use.' },
  },
  no_public_url: {
    cause: { 'zh-CN': '没有设置 PUBLIC_URL，待办没有可打开的地址。', 'en-US': 'PUBLIC_URL is not set, so the to-do has no address to open.' },
    fix: { 'zh-CN': '在服务器上设置 PUBLIC_URL 并重启，然后重试。', 'en-US': 'Set PUBLIC_URL on the server, restart it, and try again.' },
  },
  todo_lost: {
    cause: { 'zh-CN': '钉钉说待办已存在，但查询不到。', 'en-US': 'DingTalk says that the to-do exists, but does not list it.' },
    fix: { 'zh-CN': '稍后重试。', 'en-US': 'Try again later.' },
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
  not_recalled: {
    cause: { 'zh-CN': '没能撤回，此人仍能看到消息。', 'en-US': 'It could not be taken back, and this person still has it.' },
    fix: { 'zh-CN': '解决原因后，24 小时内可再次撤回。', 'en-US': 'Solve what stood in the way; within 24 hours it can be taken back again.' },
  },
  by_hand: {
    cause: { 'zh-CN': '管理员暂停了发送。', 'en-US': 'An administrator stopped sending.' },
    fix: { 'zh-CN': '点击"恢复发送"继续；等待中的消息不会丢失。', 'en-US': 'Choose "go on sending"; what waits is not lost.' },
  },
}

/** Reasons of our own why nobody knows. */
const unanswered = new Set(['interrupted', 'company_changed'])

/** Why somebody possibly got a message: whatever went wrong, it is that no answer says. */
export function wordPossible(reason: string, locale: Locale): { cause: string, fix: string } {
  const { cause, fix } = own[unanswered.has(reason) ? reason : 'no_answer']!
  return { cause: cause[locale].replace('{reason}', reason), fix: fix[locale] }
}

/** Of these, the detail is the code of what was behind it. */
const behind: Partial<Record<string, Text>> = {
  expired: { 'zh-CN': '当时的原因：{cause}', 'en-US': 'What it waited for: {cause}' },
  not_recalled: { 'zh-CN': '原因：{cause}', 'en-US': 'Why: {cause}' },
}

export type Details = Parameters<typeof explainReason>[2]

/** A reason in the reader's language. */
export function word(reason: string, locale: Locale, details: Details = {}): { cause: string, fix: string, where: string | null, link: string | null } {
  const known = Object.hasOwn(own, reason) ? own[reason] : undefined
  if (known) {
    const last = details.text && behind[reason]?.[locale].replace('{cause}', () => word(details.text!, locale).cause)
    return { cause: [known.cause[locale], ...(last ? [last] : [])].join(locale === 'zh-CN' ? '' : ' '), fix: known.fix[locale], where: null, link: null }
  }
  const { cause, fix, where, link } = explainReason(reason, locale, details)
  return { cause, fix, where: where ?? null, link: link ?? null }
}
