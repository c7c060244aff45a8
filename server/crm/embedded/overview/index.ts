import type { SQL } from 'drizzle-orm'
import type { Overview } from '#contract/crm/legacy.ts'
import type { Actor } from '../../legacy/gateway.ts'
import type { EmbeddedParts } from '../parts.ts'
import { and, sql } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { withinScope } from '../../../directory/index.ts'
import { presentRows, rowColumns } from '../customers/rows.ts'
import { sorts } from '../customers/sorts.ts'
import { dayStart, monthStart, sameMomentLastMonth } from './calendar.ts'

const { customer } = tables

const rowsShown = 5

/**
 * The workbench of somebody, over the customers they may see. "Before" compares with last month up to the
 * same moment, so that the first days of a month do not look like a collapse.
 */
export async function overview(parts: EmbeddedParts, actor: Actor): Promise<Overview> {
  const visible = withinScope(await parts.directory.visibleOwners(actor), customer.ownerId)
  const now = parts.now()
  const due = sql`${customer.nextStepAt} < ${at(dayStart(now, 1))}`
  const [dueNext, recent, numbers] = [
    await rows(parts, and(visible, due), sorts.next.order),
    await rows(parts, visible, sorts.recent.order),
    await figures(parts, visible, due, now),
  ]
  return { ...numbers, dueNext, recent }
}

async function figures({ db }: EmbeddedParts, visible: SQL | undefined, due: SQL, now: Date): Promise<Omit<Overview, 'dueNext' | 'recent'>> {
  const thisMonth = monthStart(now)
  const lastMonth = monthStart(now, -1)
  const lastMoment = sameMomentLastMonth(now)
  const between = (column: typeof customer.createdAt | typeof customer.wonAt, from: Date, to: Date) =>
    sql`${column} >= ${at(from)} and ${column} < ${at(to)}`
  const later = new Date(now.getTime() + 1)
  const [found] = await db
    .select({
      all: count(sql`true`),
      allBefore: count(sql`${customer.createdAt} < ${at(thisMonth)}`),
      created: count(between(customer.createdAt, thisMonth, later)),
      createdBefore: count(between(customer.createdAt, lastMonth, lastMoment)),
      won: count(between(customer.wonAt, thisMonth, later)),
      wonBefore: count(between(customer.wonAt, lastMonth, lastMoment)),
      due: count(due),
    })
    .from(customer)
    .where(visible)
  return {
    customers: { value: found?.all ?? 0, before: found?.allBefore ?? 0 },
    newThisMonth: { value: found?.created ?? 0, before: found?.createdBefore ?? 0 },
    wonThisMonth: { value: found?.won ?? 0, before: found?.wonBefore ?? 0 },
    due: { value: found?.due ?? 0, before: null },
  }
}

async function rows(parts: EmbeddedParts, where: SQL | undefined, order: SQL[]) {
  return presentRows(
    parts,
    await parts.db
      .select(rowColumns)
      .from(customer)
      .where(where)
      .orderBy(...order)
      .limit(rowsShown),
  )
}

function count(condition: SQL): SQL<number> {
  return sql<number>`count(*) filter (where ${condition})::int`
}

function at(moment: Date): SQL {
  return sql`${moment.toISOString()}::timestamptz`
}
