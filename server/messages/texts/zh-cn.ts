import type { MessageKind } from '#contract/messages/kinds.ts'

/** The words messages begin with, until an administrator chooses others. */
export const chinese: Record<MessageKind, { title: string, text: string }> = {
  'record.assigned': { title: '{{actor}} 把{{type}}分配给你', text: '{{record}}' },
  'record.transferred': { title: '{{actor}} 转移了{{type}}', text: '{{record}}\n负责人：{{former}} → {{owner}}' },
  'record.shared': { title: '{{actor}} 邀请你协作{{type}}', text: '{{record}}' },
  'record.deleted': { title: '{{actor}} 删除了{{type}}', text: '{{record}}' },
  'contact.added': { title: '{{actor}} 为你的客户新增了联系人', text: '{{record}}\n客户：{{about}}' },
  'collaborator.added': { title: '{{actor}} 为你的{{type}}添加了协作人', text: '{{record}}\n协作人：{{people}}' },
  'lead.converted': { title: '{{actor}} 转换了线索', text: '{{record}}\n转为：{{into}}' },
  'opportunity.stage_changed': { title: '{{actor}} 推进了商机', text: '{{record}}\n{{former}} → {{stage}}' },
  'opportunity.won': { title: '赢单：{{record}}', text: '{{actor}} 赢得了这个商机，金额 {{amount}}' },
  'opportunity.lost': { title: '输单：{{record}}', text: '{{actor}} 标记为{{stage}}，原因：{{reason}}' },
  'plan.due': { title: '跟进计划即将到期', text: '{{due}} {{content}}\n{{about}}' },
  'plan.overdue': { title: '跟进计划已逾期', text: '{{due}} {{content}}\n{{about}}' },
  'digest.daily': { title: '今天有 {{today}} 个计划，逾期 {{overdue}} 个', text: '{{list}}' },
  'digest.weekly': { title: '团队周报 {{week}}', text: '新增记录 {{created}}，跟进 {{followups}} 次，赢单 {{won}} 个，金额 {{amount}}，逾期计划 {{overdue}} 个\n{{list}}' },
  'comment.added': { title: '{{actor}} 评论了{{type}}', text: '{{comment}}\n{{record}}' },
  'comment.mentioned': { title: '{{actor}} 在评论中提到你', text: '{{comment}}\n{{record}}' },
  'announcement': { title: '公告：{{title}}', text: '{{content}}' },
  'sync.finished': { title: '组织同步完成', text: '{{summary}}' },
  'sync.approval': { title: '组织同步等待审批', text: '{{reason}}' },
  'access.requested': { title: '{{person}} 申请使用 CRM', text: '{{note}}' },
  'system.alert': { title: '{{title}}', text: '{{content}}' },
}
