import type { Db } from '../../../../db/index.ts'
import type { InboxEvent } from './sort.ts'
import { inArray } from 'drizzle-orm'
import { tables } from '../../../../db/index.ts'

/** Which of the people and departments we know: bound, waiting for a decision, or in the tree. */
export interface Held {
  userids: Set<string>
  deptIds: Set<number>
}

export async function readHeld(db: Db, { userids, deptIds }: { userids: string[], deptIds: number[] }): Promise<Held> {
  const { binding, department, syncConflict } = tables
  const bound = userids.length ? await db.select({ userid: binding.userid }).from(binding).where(inArray(binding.userid, userids)) : []
  const undecided = userids.length
    ? await db.select({ userid: syncConflict.userid }).from(syncConflict).where(inArray(syncConflict.userid, userids))
    : []
  const known = deptIds.length
    ? await db.select({ deptId: department.dingtalkId }).from(department).where(inArray(department.dingtalkId, deptIds))
    : []
  return { userids: new Set([...bound, ...undecided].map(({ userid }) => userid)), deptIds: new Set(known.flatMap(({ deptId }) => deptId ?? [])) }
}

/** Whether an event is about nobody and nothing that was known before or is known after it was followed. */
export function concernsNobody(event: InboxEvent, ...known: Held[]): boolean {
  return !known.some(held => event.userids.some(id => held.userids.has(id)) || event.deptIds.some(id => held.deptIds.has(id)))
}
