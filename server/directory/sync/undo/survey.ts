import type { Db } from '../../../db/index.ts'
import type { RecordedChange } from '../changes/types.ts'
import type { RunParts } from '../runs/parts.ts'
import type { State } from '../state.ts'
import type { UndoPlan } from './plan.ts'
import type { Whole } from './together.ts'
import { eq, sql } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { idList, textList } from '../../../db/lists.ts'
import { eachApplied } from '../changes/store.ts'
import { loadDepartments, loadPeople } from '../state.ts'
import { accountsInUse, accountsReassigned, departmentsReassigned } from './in-use.ts'
import { createUndoPlan } from './plan.ts'

const { account, accountDepartment, binding } = tables

/** Looks at every change of a run once, a batch at a time with what we hold of those it is about. */
export async function planUndo(tx: Db, parts: Pick<RunParts, 'ownedRecords'>, undone: string, isPlanned: (change: RecordedChange) => boolean): Promise<UndoPlan> {
  const departments = await loadDepartments(tx)
  const inUse = await accountsInUse(tx, parts, undone)
  const reassigned = new Set([...await accountsReassigned(tx, undone), ...await departmentsReassigned(tx, undone)])
  const administrators = await tx.select({ id: account.id, status: account.status, state: binding.state }).from(account).leftJoin(binding, eq(binding.accountId, account.id)).where(eq(account.role, 'admin'))
  const plan = createUndoPlan(new Map(administrators.map(({ id, status, state }) => [id, status === 'active' && state === 'present'])))
  for await (const batch of eachApplied(tx, undone)) {
    const changes = batch.filter(isPlanned)
    const people = await loadPeople(tx, idList(changes.flatMap(({ targetType, targetId }) => (targetType === 'account' && targetId !== null ? targetId : []))))
    plan.add(changes, { departments, ...people }, new Set([...inUse, ...whoLoggedIn(people)]), reassigned)
  }
  return plan.settle(await loadWhole(tx, departments, plan.claimed(), plan.removed()))
}

async function loadWhole(tx: Db, departments: State['departments'], claimed: string[], removed: string[]): Promise<Whole> {
  const people = await tx.select({ id: accountDepartment.departmentId, number: sql`count(*)`.mapWith(Number) }).from(accountDepartment).groupBy(accountDepartment.departmentId)
  const holders = claimed.length === 0 ? [] : await tx.select({ userid: binding.userid, id: binding.accountId }).from(binding).where(sql`${binding.userid} in ${textList(claimed)}`)
  const reports = removed.length === 0 ? [] : await tx.select({ id: account.id, managerId: account.managerId }).from(account).where(sql`${account.managerId} in ${idList(removed)}`)
  return {
    reports: new Map(Array.from(Map.groupBy(reports, ({ managerId }) => managerId ?? ''), ([managerId, people]) => [managerId, people.map(({ id }) => id)])),
    parents: new Map(departments.map(({ id, parentId }) => [id, parentId])),
    people: new Map(people.map(({ id, number }) => [id, number])),
    holders: new Map(holders.map(({ userid, id }) => [userid, id])),
  }
}

function whoLoggedIn({ accounts, unbound }: Pick<State, 'accounts' | 'unbound'>): string[] {
  return [...accounts, ...unbound].flatMap(({ id, lastLoginAt }) => (lastLoginAt === null ? [] : id))
}
