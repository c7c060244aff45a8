import type { SyncConflict } from '#contract/sync/index.ts'
import type { Db } from '../../../db/index.ts'
import type { Locale } from '../../../http/locale.ts'
import type { ConflictRow } from './stored.ts'
import { eq, inArray } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { departmentsOf } from '../../memberships.ts'
import { accountsOfMembers } from '../../owners.ts'
import { wordReason } from '../plan/reason-texts.ts'
import { isFreeFor } from './free.ts'
import { storedCandidates, storedMember } from './stored.ts'

const { account, binding, department } = tables

/** Conflicts as the API shows them: both sides with names, as they are now; a fixed number of statements for all of them. */
export async function presentConflicts(db: Db, rows: ConflictRow[], locale: Locale): Promise<SyncConflict[]> {
  const read = rows.map(row => ({ row, member: storedMember.parse(row.member), ...storedCandidates.parse(row.candidates) }))
  const departmentNames = await namesOf(
    db,
    read.flatMap(({ member }) => member.deptIds),
  )
  const accounts = await accountsOf(
    db,
    read.flatMap(({ row, ids }) => (row.accountId === null ? ids : [...ids, row.accountId])),
  )
  const bound = await accountsOfMembers(db, rows.map(({ userid }) => userid))
  return read.map(({ row, member: { deptIds, ...member }, ids, reason }) => ({
    id: row.id,
    kind: row.kind,
    reason: wordReason(reason, locale),
    member: { userid: row.userid, ...member, departments: deptIds.flatMap(deptId => departmentNames.get(deptId) ?? []) },
    candidates: ids.flatMap(id => accounts.get(id) ?? []).map(({ bound: holder, merged, ...candidate }) => ({ ...candidate, bindable: !merged && isFreeFor(holder, row) })),
    status: row.action === null ? 'open' : 'resolved',
    resolution: row.action && {
      action: row.action,
      account: (row.accountId === null ? undefined : accounts.get(row.accountId)?.name) ?? null,
      by: row.resolvedBy ?? '',
      at: (row.resolvedAt ?? row.createdAt).toISOString(),
    },
    boundAs: bound.get(row.userid) ?? null,
    since: row.createdAt.toISOString(),
  }))
}

async function namesOf(db: Db, deptIds: number[]): Promise<Map<number | null, string>> {
  if (deptIds.length === 0)
    return new Map()
  const rows = await db
    .select({ deptId: department.dingtalkId, name: department.name })
    .from(department)
    .where(inArray(department.dingtalkId, [...new Set(deptIds)]))
  return new Map(rows.map(({ deptId, name }) => [deptId, name]))
}

/** An account that might be meant, and what decides whether it may be given away. */
type Candidate = Omit<SyncConflict['candidates'][number], 'bindable'> & { bound: { userid: string, unionid: string } | undefined, merged: boolean }

async function accountsOf(db: Db, wanted: string[]): Promise<Map<string, Candidate>> {
  const ids = [...new Set(wanted)]
  if (ids.length === 0)
    return new Map()
  const rows = await db
    .select({
      id: account.id,
      name: account.name,
      title: account.title,
      mobile: account.mobile,
      email: account.email,
      jobNumber: account.jobNumber,
      role: account.role,
      status: account.status,
      mergedIntoId: account.mergedIntoId,
      boundTo: binding.userid,
      unionid: binding.unionid,
    })
    .from(account)
    .leftJoin(binding, eq(binding.accountId, account.id))
    .where(inArray(account.id, ids))
  const departments = await departmentsOf(db, ids)
  return new Map(rows.map(({ mergedIntoId, unionid, ...row }) => [row.id, {
    ...row,
    bound: row.boundTo === null ? undefined : { userid: row.boundTo, unionid: unionid ?? '' },
    merged: mergedIntoId !== null,
    departments: (departments.get(row.id) ?? []).map(({ name }) => name),
  }]))
}
