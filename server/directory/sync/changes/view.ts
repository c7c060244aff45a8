import type { ChangeKind, SyncChange } from '#contract/sync/index.ts'
import type { OwnedRecordsPort } from '../../../crm/index.ts'
import type { Db } from '../../../db/index.ts'
import type { Locale } from '../../../http/locale.ts'
import type { RecordedChange, Values } from './types.ts'
import { and, eq, inArray } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { wordStoredReason } from './undo-texts.ts'

const { account, department, syncChange } = tables

type Names = ReadonlyMap<string, string>
type Shown = NonNullable<SyncChange['before']>

/** Changes as the API shows them: names instead of ids, reasons in the reader's language, what leavers own. */
export async function presentChanges(
  { db, ownedRecords }: { db: Db, ownedRecords: OwnedRecordsPort },
  runId: string,
  changes: RecordedChange[],
  locale: Locale,
): Promise<SyncChange[]> {
  const names = await namesOf(
    db,
    runId,
    changes.flatMap(({ before, after }) => [...idsIn(before), ...idsIn(after)]),
  )
  const leavers = changes.flatMap(({ kind, targetId }) => (kind === 'account.disable' && targetId ? targetId : []))
  const records = await ownedRecords.count(db, leavers)
  return changes.map(({ id, kind, targetType, targetId, userid, name, before, after, reason, status }) => ({
    id,
    // Book-keeping is never listed.
    kind: kind as ChangeKind,
    target: { type: targetType, id: targetId, name },
    userid,
    before: before && show(before, names),
    after: after && show(after, names),
    reason: wordStoredReason(reason, locale),
    status,
    records: kind === 'account.disable' ? (records.get(targetId ?? '') ?? {}) : kind === 'records.handover' ? (after?.records ?? {}) : null,
  }))
}

function idsIn(values: Values | null): string[] {
  const { parentId, managerId, mainDepartmentId, ownerId, departments = [], candidates = [] } = values ?? {}
  return [parentId, managerId, mainDepartmentId, ownerId, ...departments.map(({ departmentId }) => departmentId), ...candidates].filter(
    id => typeof id === 'string',
  )
}

/** Names of departments and accounts, also of those that the run only plans or has removed. */
async function namesOf(db: Db, runId: string, wanted: string[]): Promise<Names> {
  const ids = [...new Set(wanted)]
  if (ids.length === 0)
    return new Map()
  const [departments, accounts, planned] = await Promise.all([
    db.select({ id: department.id, name: department.name }).from(department).where(inArray(department.id, ids)),
    db.select({ id: account.id, name: account.name }).from(account).where(inArray(account.id, ids)),
    db
      .select({ id: syncChange.targetId, name: syncChange.name })
      .from(syncChange)
      .where(
        and(
          eq(syncChange.runId, runId),
          inArray(syncChange.targetId, ids),
          inArray(syncChange.kind, ['department.create', 'department.remove', 'account.create', 'account.remove']),
        ),
      ),
  ])
  return new Map([...planned, ...departments, ...accounts].flatMap(({ id, name }) => (id === null ? [] : [[id, name] as const])))
}

/** Values in words. Left out is what says nothing to a person, and what is empty. */
function show(values: Values, names: Names): Shown {
  const named = (id: string | null | undefined) => (id === undefined ? undefined : id === null ? null : (names.get(id) ?? '?'))
  const listed = (ids: string[] | undefined) => ids?.map(id => names.get(id) ?? '?')
  const day = (ms: number | null | undefined) => (typeof ms === 'number' ? new Date(ms).toISOString().slice(0, 10) : ms)
  const {
    name,
    avatar,
    title,
    mobile,
    email,
    jobNumber,
    hiredAt,
    managerId,
    role,
    assignedRole,
    status,
    userid,
    unionid,
    parentId,
    order,
    deptId,
    mainDepartmentId,
    departments,
    candidates,
    ownerId,
  } = values
  const all: Record<string, Shown[string] | undefined> = {
    name,
    avatar,
    title,
    mobile,
    email,
    jobNumber,
    hiredAt: day(hiredAt),
    manager: named(managerId),
    role: assignedRole ?? role,
    status,
    userid,
    unionid,
    parent: named(parentId),
    order,
    deptId,
    departments: listed(departments?.map(({ departmentId }) => departmentId)),
    mainDepartment: named(mainDepartmentId),
    leads: listed(departments?.filter(({ leader }) => leader).map(({ departmentId }) => departmentId)),
    candidates: listed(candidates),
    owner: named(ownerId),
  }
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, Shown[string]] => entry[1] !== undefined))
}
