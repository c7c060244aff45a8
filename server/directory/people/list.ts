import type { z } from 'zod'
import type { accountRoutes, AccountRow, AccountState } from '#contract/people/accounts.ts'
import type { Db } from '../../db/index.ts'
import { and, count, eq, isNull, sql } from 'drizzle-orm'
import { z as schema } from 'zod'
import { accountStates } from '#contract/people/accounts.ts'
import { tables } from '../../db/index.ts'
import { readCursor, writeCursor } from '../../http/cursor.ts'
import { subtreeOf } from '../subtree.ts'
import { accountIdsInConflict } from '../sync/conflicts/waiting.ts'
import { accountRows, keywordIs, stateIs } from './rows.ts'

const { accessRequest, account, accountDepartment, binding, department } = tables

type Query = z.output<(typeof accountRoutes)['GET /api/accounts']['query']>

const position = schema.object({
  name: schema.string().max(400).refine(value => !value.includes('\0')),
  id: schema.uuid(),
})

/** Accounts by state, department (with those below) and keyword; by name, a page at a time. */
export async function listPeople(db: Db, { q, state, departmentId, cursor, limit }: Query): Promise<{ items: AccountRow[], nextCursor: string | null, total: number }> {
  const conflicts = await accountIdsInConflict(db)
  const seed = sql`select ${department.id} from ${department} where ${department.id} = ${departmentId}`
  const matching = and(
    state && stateIs(state, conflicts),
    q ? keywordIs(q) : undefined,
    departmentId === undefined
      ? undefined
      : sql`${account.id} in (select ${accountDepartment.accountId} from ${accountDepartment} where ${accountDepartment.departmentId} in ${subtreeOf(seed)})`,
  )
  const after = readCursor(position, cursor)
  const rows = await accountRows(db, and(matching, after && sql`(${account.name}, ${account.id}) > (${after.name}, ${after.id}::uuid)`), limit + 1, conflicts)
  const items = rows.slice(0, limit)
  const last = rows.length > limit ? items.at(-1) : undefined
  const [found] = await db.select({ total: count() }).from(account).leftJoin(binding, eq(binding.accountId, account.id)).where(matching)
  return { items, nextCursor: last ? writeCursor({ name: last.name, id: last.id }) : null, total: found?.total ?? 0 }
}

/** How many accounts there are in each state: one pass over them. */
export async function countPeople(db: Db): Promise<{ all: number, states: Record<AccountState, number>, requests: number }> {
  const conflicts = await accountIdsInConflict(db)
  const each = Object.fromEntries(
    accountStates.map(state => [state, sql<number>`(count(*) filter (where ${stateIs(state, conflicts)}))::int`]),
  ) as Record<AccountState, ReturnType<typeof sql<number>>>
  const [found] = await db.select({ all: count(), ...each }).from(account).leftJoin(binding, eq(binding.accountId, account.id))
  const { all = 0, ...states } = found ?? {}
  return { all, states: states as Record<AccountState, number>, requests: await db.$count(accessRequest, and(eq(accessRequest.status, 'open'), isNull(accessRequest.corpId))) }
}
