import type { SyncSettings } from '#contract/sync/index.ts'
import type { Db } from '../../../db/index.ts'
import type { Change, RecordedChange } from '../changes/types.ts'
import type { Edited, PlanWhole } from './fit.ts'
import { and, eq, sql } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { idList, textList } from '../../../db/lists.ts'
import { eachInStatus } from '../changes/store.ts'
import { comparable } from '../plan/matching/values.ts'
import { loadDepartments, loadPeople } from '../state.ts'
import { createFit } from './fit.ts'
import { hashState } from './state-hash.ts'

const { account, binding, syncChange, syncConflict, syncRun } = tables

/** Whether a waiting plan fits, and which of its changes somebody has made meanwhile. */
export interface Look {
  fits: boolean
  done: string[]
}

/**
 * Whether what a plan was made of is still there, change by change: what it does not touch may have changed. What an
 * event or a person has done already is left out when it is applied; where a value is neither the old nor the new one,
 * the plan as it was seen and approved cannot be made any more. Nothing is ever added to it.
 */
export async function lookAgain(tx: Db, { id: runId, stateHash }: { id: string, stateHash: string | null }, { matchBy }: Pick<SyncSettings, 'matchBy'>): Promise<Look> {
  if (stateHash === null)
    return { fits: false, done: [] }
  if ((await hashState(tx)) === stateHash)
    return { fits: true, done: [] }
  if (await hasUnknownDecisions(tx, runId))
    return { fits: false, done: [] }

  const departments = await loadDepartments(tx)
  const whole = { ...await loadWhole(tx, runId), edited: await loadEdited(tx, runId, matchBy) }
  const done: string[] = []
  const missing = new Set<string>()
  const needed = new Set<string>()
  const made = new Set(departments.map(({ id }) => id))
  for await (const batch of eachInStatus(tx, runId, 'planned')) {
    const people = await loadPeople(tx, idList(batch.flatMap(({ targetType, targetId }) => (targetType === 'account' && targetId !== null ? targetId : []))))
    const fit = createFit({ departments, ...people }, whole)
    for (const change of batch) {
      const verdict = fit(change)
      if (verdict === 'not')
        return { fits: false, done: [] }
      note(change, verdict === 'done')
    }
  }
  return { fits: [...needed].every(id => made.has(id)) && [...missing].every(id => !needed.has(id)), done }

  function note(change: RecordedChange, isDone: boolean): void {
    const creates = change.kind === 'department.create' || change.kind === 'account.create'
    if (isDone) {
      done.push(change.id)
      if (creates && change.targetId)
        missing.add(change.targetId)
      return
    }
    if (change.kind === 'department.create' && change.targetId)
      made.add(change.targetId)
    if (change.kind !== 'department.remove')
      departmentsOf(change).forEach(id => needed.add(id))
    // A manager without an account of ours is no department, and only matters when the plan was to make it.
    if (change.after?.managerId && missing.has(change.after.managerId))
      needed.add(change.after.managerId)
  }
}

function departmentsOf({ after }: Change): string[] {
  return [after?.parentId ?? [], after?.mainDepartmentId ?? [], after?.departments?.map(({ departmentId }) => departmentId) ?? []].flat()
}

async function loadWhole(tx: Db, runId: string): Promise<Omit<PlanWhole, 'edited'>> {
  const rows = await tx
    .select({ kind: syncChange.kind, id: syncChange.targetId, before: sql<string | null>`${syncChange.before}->>'userid'`, after: sql<string | null>`${syncChange.after}->>'userid'`, unionid: sql<string | null>`${syncChange.after}->>'unionid'` })
    .from(syncChange)
    .where(and(eq(syncChange.runId, runId), eq(syncChange.status, 'planned'), sql`${syncChange.kind} in ('department.move', 'department.remove', 'binding.create', 'binding.change', 'account.create')`))
  const claimed = rows.flatMap(({ after }) => after ?? [])
  const people = rows.flatMap(({ unionid }) => unionid || [])
  const held = claimed.length === 0
    ? []
    : await tx
        .select({ userid: binding.userid, unionid: binding.unionid, accountId: binding.accountId })
        .from(binding)
        .where(sql`${binding.userid} in ${textList(claimed)} or ${binding.unionid} in ${textList(people)}`)
  return {
    leaving: new Set(rows.flatMap(({ kind, id }) => (kind.startsWith('department.') && id !== null ? id : []))),
    released: new Set(rows.flatMap(({ kind, before }) => (kind === 'binding.change' && before !== null ? before : []))),
    holders: new Map(held.map(({ userid, ...holder }) => [userid, holder])),
    known: new Map(Array.from(Map.groupBy(held, ({ unionid }) => unionid), ([unionid, bindings]) => [unionid, bindings.map(({ userid }) => userid)])),
  }
}

async function loadEdited(tx: Db, runId: string, matchBy: SyncSettings['matchBy']): Promise<Edited> {
  const rows = await tx
    .select({ id: account.id, mobile: account.mobile, email: account.email, jobNumber: account.jobNumber })
    .from(account)
    .where(sql`${account.updatedAt} >= (select ${syncRun.startedAt} from ${syncRun} where ${syncRun.id} = ${runId})`)
  return {
    ids: new Set(rows.map(({ id }) => id)),
    values: new Map(matchBy.map(by => [by, new Set(rows.map(row => comparable(by, row[by])).filter(Boolean))])),
  }
}

/** A change that follows a decision needs that decision: about this member, and what it says. */
async function hasUnknownDecisions(tx: Db, runId: string): Promise<boolean> {
  const decided = and(eq(syncChange.runId, runId), eq(syncChange.status, 'planned'), sql`${syncChange.reason}->>'key' = 'decided'`)
  const sameMember = sql`d.userid = ${syncChange.userid} and d.unionid = coalesce(${syncChange.after}->>'unionid', d.unionid)`
  // An old binding ends for whatever was decided about its new owner.
  const sameWish = sql`case
    when ${syncChange.kind} = 'account.create' then d.action = 'create'
    when jsonb_typeof(coalesce(${syncChange.after}, 'null'::jsonb)) = 'null' then d.action <> 'ignore'
    else d.action = 'bind' and d.account_id = ${syncChange.targetId} end`
  return (await tx.$count(syncChange, and(decided, sql`not exists (select from ${syncConflict} d where ${sameMember} and ${sameWish})`))) > 0
}
