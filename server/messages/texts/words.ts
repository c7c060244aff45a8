import type { RecordKind } from '#contract/crm/kinds.ts'
import type { MessageKind } from '#contract/messages/kinds.ts'
import type { Locale, Text } from '../../http/locale.ts'

export const recordWords: Record<RecordKind, Text> = {
  'leads': { 'zh-CN': '线索', 'en-US': 'lead' },
  'customers': { 'zh-CN': '客户', 'en-US': 'customer' },
  'contacts': { 'zh-CN': '联系人', 'en-US': 'contact' },
  'opportunities': { 'zh-CN': '商机', 'en-US': 'deal' },
  'follow-ups': { 'zh-CN': '跟进记录', 'en-US': 'follow-up' },
  'plans': { 'zh-CN': '跟进计划', 'en-US': 'plan' },
}

/** Words around what a template says. */
export const frameWords: Record<'open' | 'list' | 'time' | 'app', Text> = {
  open: { 'zh-CN': '查看详情', 'en-US': 'Open' },
  list: { 'zh-CN': '全部消息', 'en-US': 'All messages' },
  time: { 'zh-CN': '时间：', 'en-US': 'Time: ' },
  app: { 'zh-CN': '客户管理', 'en-US': 'CRM' },
}

/** The title of what stands for several messages of one kind. */
export const severalWords: Partial<Record<MessageKind | 'digest', (n: number) => Text>> = {
  'record.assigned': n => ({ 'zh-CN': `${n} 条记录分配给你`, 'en-US': `${n} records assigned to you` }),
  'record.transferred': n => ({ 'zh-CN': `${n} 条记录被转移`, 'en-US': `${n} records transferred` }),
  'record.shared': n => ({ 'zh-CN': `${n} 条记录邀请你协作`, 'en-US': `${n} records shared with you` }),
  'record.deleted': n => ({ 'zh-CN': `${n} 条记录被删除`, 'en-US': `${n} records deleted` }),
  'contact.added': n => ({ 'zh-CN': `你的客户新增 ${n} 位联系人`, 'en-US': `${n} contacts added to your customers` }),
  'collaborator.added': n => ({ 'zh-CN': `你的 ${n} 条记录增加了协作人`, 'en-US': `${n} of your records have new collaborators` }),
  'lead.converted': n => ({ 'zh-CN': `${n} 条线索已转换`, 'en-US': `${n} leads converted` }),
  'opportunity.stage_changed': n => ({ 'zh-CN': `${n} 个商机有进展`, 'en-US': `${n} deals moved` }),
  'plan.due': n => ({ 'zh-CN': `${n} 个跟进计划即将到期`, 'en-US': `${n} plans are due soon` }),
  'plan.overdue': n => ({ 'zh-CN': `${n} 个跟进计划已逾期`, 'en-US': `${n} plans are overdue` }),
  'comment.added': n => ({ 'zh-CN': `${n} 条新评论`, 'en-US': `${n} new comments` }),
  'comment.mentioned': n => ({ 'zh-CN': `${n} 条评论提到你`, 'en-US': `${n} comments mention you` }),
  'digest': n => ({ 'zh-CN': `${n} 条新消息`, 'en-US': `${n} new messages` }),
}

const form = { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const

function clocks(more: Intl.DateTimeFormatOptions): Record<Locale, Intl.DateTimeFormat> {
  return {
    'zh-CN': new Intl.DateTimeFormat('zh-CN', { ...form, month: '2-digit', day: '2-digit', ...more }),
    'en-US': new Intl.DateTimeFormat('en-US', { ...form, month: 'short', day: 'numeric', ...more }),
  }
}

const minutes = clocks({})
const seconds = clocks({ second: '2-digit' })

/** A moment in words, in Shanghai's time: "06/15 15:00", "Jun 15, 15:00". */
export function momentWords(at: Date, locale: Locale): string {
  return minutes[locale].format(at)
}

/** The same to the second: what tells two messages of a minute apart, for people and for DingTalk (dingtalk-server-api §5.1). */
export function secondWords(at: Date, locale: Locale): string {
  return seconds[locale].format(at)
}

const yuan = new Intl.NumberFormat('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2, trailingZeroDisplay: 'stripIfInteger' })

/** An amount in yuan, exactly: "¥ 320,000", "¥ 0.10"; what is no number stays as it is. */
export function amountWords(amount: string): string {
  return /^-?\d+(?:\.\d+)?$/.test(amount) ? `¥ ${yuan.format(amount as `${number}`)}` : amount
}
