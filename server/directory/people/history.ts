import type { BindingHistory } from '#contract/people/accounts.ts'
import type { Db } from '../../db/index.ts'
import { and, desc, eq, inArray, sql } from 'drizzle-orm'
import { z } from 'zod'
import { tables } from '../../db/index.ts'
import { isUndoable } from './binding.ts'

const { bindingEvent, syncChange, syncRun } = tables

const shown = 50

/** How somebody came to be bound, and what happened since: by people and by syncs, newest first. */
export async function historyOf(db: Db, accountId: string): Promise<BindingHistory[]> {
  const entries = [...(await byPeople(db, accountId)), ...(await bySyncs(db, accountId))]
  return entries.sort((a, b) => b.at.localeCompare(a.at)).slice(0, shown)
}

async function byPeople(db: Db, accountId: string): Promise<BindingHistory[]> {
  const rows = await db.select().from(bindingEvent).where(eq(bindingEvent.accountId, accountId)).orderBy(desc(bindingEvent.at)).limit(shown)
  const entries: BindingHistory[] = []
  for (const row of rows) {
    const { id, at, action, userid, source, actor, undoneBy } = row
    entries.push({ id, at: at.toISOString(), action, userid, source, actor, runId: null, undoable: await isUndoable(db, row), undone: undoneBy !== null })
  }
  return entries
}

const kinds = {
  'account.create': 'bound',
  'binding.create': 'bound',
  'binding.change': 'changed',
  'account.disable': 'disabled',
  'account.reenable': 'reenabled',
} as const
const kind = z.enum(Object.keys(kinds) as [keyof typeof kinds])
const sides = z.object({ userid: z.string().nullish() }).nullable()

async function bySyncs(db: Db, accountId: string): Promise<BindingHistory[]> {
  const rows = await db
    .select({
      id: syncChange.id,
      kind: syncChange.kind,
      userid: syncChange.userid,
      after: syncChange.after,
      status: syncChange.status,
      runId: syncRun.id,
      actor: syncRun.startedBy,
      at: sql<Date>`coalesce(${syncRun.finishedAt}, ${syncRun.startedAt})`.mapWith(syncRun.startedAt),
    })
    .from(syncChange)
    .innerJoin(syncRun, eq(syncRun.id, syncChange.runId))
    .where(and(eq(syncChange.targetId, accountId), inArray(syncChange.kind, kind.options), inArray(syncChange.status, ['applied', 'undone'])))
    .orderBy(desc(syncRun.startedAt))
    .limit(shown)
  return rows.map(({ id, kind: stored, userid, after, status, runId, actor, at }) => {
    const what = kind.parse(stored)
    const member = sides.parse(after)
    return {
      id,
      at: at.toISOString(),
      action: what === 'binding.change' && member === null ? 'unbound' : kinds[what],
      userid: member?.userid ?? userid,
      source: 'sync',
      actor,
      runId,
      undoable: false,
      undone: status === 'undone',
    }
  })
}
