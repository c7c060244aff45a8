import type { Locale, Text } from '../../../http/locale.ts'
import type { HandoverReason, StoredReason, UndoReason } from './types.ts'
import { wordReason } from '../plan/reason-texts.ts'

const texts: Record<UndoReason | HandoverReason, Text> = {
  undo: { 'zh-CN': '撤销之前的同步', 'en-US': 'takes back an earlier sync' },
  changed_since: { 'zh-CN': '此后已被修改，保持现状', 'en-US': 'changed since then, so it stays as it is' },
  in_use: {
    'zh-CN': '账号已被使用（登录过、名下有记录，或仍被其他记录引用，包括已删除的），不会删除',
    'en-US': 'the account has been used (logged in, owns records, or records name it, deleted ones included), so it is not removed',
  },
  not_empty: { 'zh-CN': '部门中仍有成员或下级部门，不会删除', 'en-US': 'there are still people or departments in it, so it is not removed' },
  reference_gone: { 'zh-CN': '它所属的部门已不存在', 'en-US': 'the department it belonged to does not exist any more' },
  circle: { 'zh-CN': '撤销会使部门成为自己的下级', 'en-US': 'the department would end up below itself' },
  taken: { 'zh-CN': '原来的编号已被占用', 'en-US': 'its former id is taken by another one' },
  owner_changed: { 'zh-CN': '这些记录此后又换了负责人，保持现状', 'en-US': 'these records have yet another owner by now, so they stay' },
  handed_over: { 'zh-CN': '离职人员的记录移交', 'en-US': 'what a leaver owned is handed over' },
  no_leader: { 'zh-CN': '各级部门都没有其他在职主管，记录仍归原负责人', 'en-US': 'no department above has another active leader, so the records stay' },
  successor_gone: { 'zh-CN': '所选的接收人已不在职，记录仍归原负责人', 'en-US': 'the chosen colleague is not active any more, so the records stay' },
  last_administrator: { 'zh-CN': '撤销后将没有管理员', 'en-US': 'nobody could administer the CRM any more' },
}

/** A stored reason in the reader's language. */
export function wordStoredReason(reason: StoredReason, locale: Locale): string {
  const { key } = reason
  return isOwn(key) ? texts[key][locale] : wordReason({ ...reason, key }, locale)
}

function isOwn(key: StoredReason['key']): key is UndoReason | HandoverReason {
  return Object.hasOwn(texts, key)
}
