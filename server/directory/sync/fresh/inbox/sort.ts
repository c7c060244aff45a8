import { contactEvents, isContactEvent } from '../../../../dingtalk/index.ts'

/** An event as the inbox keeps it: what it is about, none of its contents. */
export interface InboxEvent {
  id: string
  type: string
  /** The company DingTalk names. */
  corpId: string
  userids: string[]
  deptIds: number[]
}

/** Why an event is not followed. */
export type IgnoreReason = 'other_company' | 'unknown_type' | 'not_followed' | 'unknown_person' | 'unknown_department'

export interface Sorted<Event extends InboxEvent> {
  /** People and departments to be looked up, each once. */
  targets: { userids: string[], deptIds: number[] }
  targeted: Event[]
  /** What only a complete run can follow. */
  complete: Event[]
  ignored: { event: Event, reason: IgnoreReason }[]
}

/** Rights in DingTalk are asked at each login; roles are not synchronised; a dissolved company must not empty the CRM. */
const notFollowed = new Set([
  'org_admin_add',
  'org_admin_remove',
  'label_user_change',
  'label_conf_add',
  'label_conf_modify',
  'label_conf_del',
  'org_remove',
])

/**
 * Sorts events by what they ask for (dingtalk-server-api §7.3). Order, repetitions and contents do not matter: an event
 * only says whom to look up.
 */
export function sortEvents<Event extends InboxEvent>(events: readonly Event[], corpId: string): Sorted<Event> {
  const sorted: Sorted<Event> = { targets: { userids: [], deptIds: [] }, targeted: [], complete: [], ignored: [] }
  const userids = new Set<string>()
  const deptIds = new Set<number>()
  for (const event of events) {
    if (event.corpId !== corpId)
      sorted.ignored.push({ event, reason: 'other_company' })
    else if (!isContactEvent(event.type))
      sorted.ignored.push({ event, reason: 'unknown_type' })
    else if (notFollowed.has(event.type))
      sorted.ignored.push({ event, reason: 'not_followed' })
    else if (contactEvents[event.type] === 'userids' && event.userids.length > 0)
      follow(event)
    else if (contactEvents[event.type] === 'deptIds' && event.deptIds.length > 0)
      follow(event)
    else sorted.complete.push(event)
  }
  sorted.targets = { userids: [...userids], deptIds: [...deptIds] }
  return sorted

  function follow(event: Event): void {
    sorted.targeted.push(event)
    if (event.type.startsWith('user_'))
      event.userids.forEach(id => userids.add(id))
    else event.deptIds.forEach(id => deptIds.add(id))
  }
}
