import type { z } from 'zod'
import type { OwnedCounts } from '#contract/handover.ts'
import type { Leaver, syncRoutes } from '#contract/sync/index.ts'
import type { OwnedRecordsPort } from '../../../crm/index.ts'
import type { Db } from '../../../db/index.ts'
import type { ChangeStatus } from '../changes/types.ts'
import type { SettingsService } from '../services.ts'
import { asc, eq, inArray } from 'drizzle-orm'
import { z as zod } from 'zod'
import { recordKinds } from '#contract/crm/kinds.ts'
import { tables } from '../../../db/index.ts'
import { readCursor, writeCursor } from '../../../http/cursor.ts'
import { nearestLeaders } from '../../leaders.ts'
import { accountRefs } from '../../owners.ts'
import { targetsOf } from '../changes/store.ts'
import { readRun } from '../runs/store.ts'

const { accountDepartment, department } = tables

type LeaversRoute = (typeof syncRoutes)['GET /api/sync/runs/:id/leavers']
export type LeaversPage = z.output<LeaversRoute['response']>

const position = zod.object({ from: zod.int().min(0) })

/** Whom a run disables, in order. */
export function leaverIds(db: Db, runId: string, ...statuses: ChangeStatus[]): Promise<string[]> {
  return targetsOf(db, runId, 'account.disable', ...statuses)
}

/** Leavers who own records, a page at a time, with the numbers of all. @throws {AppError} not_found */
export async function listLeavers(
  { db, ownedRecords, readSettings }: { db: Db, ownedRecords: OwnedRecordsPort, readSettings: SettingsService['read'] },
  runId: string,
  { cursor, limit }: z.output<LeaversRoute['query']>,
): Promise<LeaversPage> {
  await readRun(db, runId)
  const leavers = await leaverIds(db, runId)
  const owning = await ownedRecords.count(db, leavers)
  const all = leavers.filter(id => owning.has(id))
  const from = readCursor(position, cursor)?.from ?? 0
  const ids = all.slice(from, from + limit)
  const [refs, leaders, places] = [await accountRefs(db, ids), await nearestLeaders(db, ids, leavers), await placesOf(db, ids)]
  return {
    items: ids.map((id): Leaver => ({
      account: refs.get(id) ?? { id, name: '?', avatar: null },
      departments: places.get(id) ?? [],
      records: owning.get(id) ?? {},
      leader: leaders.get(id) ?? null,
    })),
    nextCursor: from + limit < all.length ? writeCursor({ from: from + limit }) : null,
    total: all.length,
    records: sumOf(owning.values()),
    otherwise: (await readSettings()).leaverRecords,
  }
}

async function placesOf(db: Db, ids: string[]): Promise<Map<string, string[]>> {
  const rows = ids.length === 0
    ? []
    : await db
        .select({ id: accountDepartment.accountId, name: department.name })
        .from(accountDepartment)
        .innerJoin(department, eq(department.id, accountDepartment.departmentId))
        .where(inArray(accountDepartment.accountId, ids))
        .orderBy(asc(department.name))
  const places = new Map<string, string[]>()
  for (const { id, name } of rows) places.set(id, [...(places.get(id) ?? []), name])
  return places
}

/** Everything together. */
export function sumOf(counts: Iterable<OwnedCounts>): OwnedCounts {
  const sum: OwnedCounts = {}
  for (const entry of counts) {
    for (const kind of recordKinds) {
      if (entry[kind])
        sum[kind] = (sum[kind] ?? 0) + entry[kind]
    }
  }
  return sum
}

/** How many records, of whatever kind. */
export function numberOf(counts: OwnedCounts): number {
  return Object.values(counts).reduce((sum, n) => sum + n, 0)
}
