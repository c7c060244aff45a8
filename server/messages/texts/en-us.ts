import type { MessageKind } from '#contract/messages/kinds.ts'

/** The same in English. */
export const english: Record<MessageKind, { title: string, text: string }> = {
  'record.assigned': { title: '{{actor}} assigned a {{type}} to you', text: '{{record}}' },
  'record.transferred': { title: '{{actor}} transferred a {{type}}', text: '{{record}}\nOwner: {{former}} → {{owner}}' },
  'record.shared': { title: '{{actor}} shares a {{type}} with you', text: '{{record}}' },
  'record.deleted': { title: '{{actor}} deleted a {{type}}', text: '{{record}}' },
  'contact.added': { title: '{{actor}} added a contact to your customer', text: '{{record}}\nCustomer: {{about}}' },
  'collaborator.added': { title: '{{actor}} added collaborators to your {{type}}', text: '{{record}}\nCollaborators: {{people}}' },
  'lead.converted': { title: '{{actor}} converted a lead', text: '{{record}}\nBecame: {{into}}' },
  'opportunity.stage_changed': { title: '{{actor}} moved a deal', text: '{{record}}\n{{former}} → {{stage}}' },
  'opportunity.won': { title: 'Won: {{record}}', text: '{{actor}} won it, amount {{amount}}' },
  'opportunity.lost': { title: 'Lost: {{record}}', text: '{{actor}} marked it {{stage}}, reason: {{reason}}' },
  'plan.due': { title: 'A plan is due soon', text: '{{due}} {{content}}\n{{about}}' },
  'plan.overdue': { title: 'A plan is overdue', text: '{{due}} {{content}}\n{{about}}' },
  'digest.daily': { title: '{{today}} plans today, {{overdue}} overdue', text: '{{list}}' },
  'digest.weekly': { title: 'Your team, {{week}}', text: '{{created}} new records, {{followups}} follow-ups, {{won}} won, {{amount}}, {{overdue}} plans overdue\n{{list}}' },
  'comment.added': { title: '{{actor}} commented on a {{type}}', text: '{{comment}}\n{{record}}' },
  'comment.mentioned': { title: '{{actor}} mentioned you', text: '{{comment}}\n{{record}}' },
  'announcement': { title: 'Announcement: {{title}}', text: '{{content}}' },
  'sync.finished': { title: 'Organisation synchronised', text: '{{summary}}' },
  'sync.approval': { title: 'A synchronisation waits for approval', text: '{{reason}}' },
  'access.requested': { title: '{{person}} asks for access to the CRM', text: '{{note}}' },
  'system.alert': { title: '{{title}}', text: '{{content}}' },
}
