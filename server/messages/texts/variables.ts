import type { MessageKind } from '#contract/messages/kinds.ts'
import type { Text } from '../../http/locale.ts'

/** Variables every message of a kind may use, with a value to show what it looks like. A moment is given in ISO and put in words. */
export type Variables = Readonly<Record<string, Text | { moment: string }>>

const same = (text: string): Text => ({ 'zh-CN': text, 'en-US': text })

const record = { record: same('杭州启远科技有限公司'), type: { 'zh-CN': '客户', 'en-US': 'customer' }, actor: same('李四') }
const opportunity = { ...record, record: same('启远 CRM 二期'), type: { 'zh-CN': '商机', 'en-US': 'deal' }, amount: same('¥ 320,000') }
const plan = {
  content: { 'zh-CN': '拜访采购部，确认报价', 'en-US': 'Visit purchasing, confirm the quotation' },
  due: { moment: '2026-06-15T07:00:00Z' },
  about: same('杭州启远科技有限公司'),
}
const comment = {
  ...record,
  type: { 'zh-CN': '跟进记录', 'en-US': 'follow-up' },
  comment: { 'zh-CN': '报价已经发给对方，请继续跟进。', 'en-US': 'The quotation is out, please follow up.' },
}

/** What each kind of message knows. `server/crm/events.ts` says where the values of the CRM's events come from. */
export const variablesOf: Record<MessageKind, Variables> = {
  'record.assigned': record,
  'record.transferred': { ...record, owner: same('赵六'), former: same('王五') },
  'record.shared': record,
  'record.deleted': record,
  'contact.added': { ...record, record: same('王经理'), type: { 'zh-CN': '联系人', 'en-US': 'contact' }, about: same('杭州启远科技有限公司') },
  'collaborator.added': { ...record, people: same('赵六、王五') },
  'lead.converted': { ...record, type: { 'zh-CN': '线索', 'en-US': 'lead' }, into: { 'zh-CN': '客户“启远科技”、商机“CRM 二期”', 'en-US': 'customer “Qiyuan”, deal “CRM II”' } },
  'opportunity.stage_changed': { ...opportunity, stage: { 'zh-CN': '方案报价', 'en-US': 'Proposal' }, former: { 'zh-CN': '需求确认', 'en-US': 'Qualification' } },
  'opportunity.won': { ...opportunity, stage: { 'zh-CN': '赢单', 'en-US': 'Won' } },
  'opportunity.lost': { ...opportunity, stage: { 'zh-CN': '输单', 'en-US': 'Lost' }, reason: { 'zh-CN': '价格', 'en-US': 'Price' } },
  'plan.due': plan,
  'plan.overdue': plan,
  'digest.daily': {
    today: same('3'),
    overdue: same('1'),
    list: { 'zh-CN': '09:30 回访启远科技；14:00 拜访采购部', 'en-US': '09:30 call Qiyuan; 14:00 visit purchasing' },
  },
  'digest.weekly': {
    week: same('06-08 – 06-14'),
    created: same('12'),
    followups: same('38'),
    won: same('2'),
    amount: same('¥ 520,000'),
    overdue: same('4'),
    list: { 'zh-CN': '张三 15 次跟进；李四 12 次跟进', 'en-US': '张三 15 follow-ups; 李四 12 follow-ups' },
  },
  'comment.added': comment,
  'comment.mentioned': comment,
  'announcement': {
    title: { 'zh-CN': '下周一系统升级', 'en-US': 'Upgrade next Monday' },
    content: { 'zh-CN': '周一 20:00–21:00 系统升级，期间无法登录。', 'en-US': 'Monday 20:00–21:00: no login during the upgrade.' },
    actor: same('张三'),
  },
  'sync.finished': { summary: { 'zh-CN': '新增 3 人，变更 5 人', 'en-US': '3 added, 5 changed' } },
  'sync.approval': { reason: { 'zh-CN': '将停用 32 人，超过上限', 'en-US': '32 people would be disabled, over the limit' } },
  'access.requested': { person: same('陈晨'), note: { 'zh-CN': '新入职，华东销售部', 'en-US': 'New in East China sales' } },
  'system.alert': {
    title: { 'zh-CN': '本月钉钉调用已用 70%', 'en-US': '70 % of this month\'s DingTalk calls are used' },
    content: { 'zh-CN': '已调用 3,500 次，共 5,000 次。', 'en-US': '3,500 of 5,000 calls.' },
  },
}
