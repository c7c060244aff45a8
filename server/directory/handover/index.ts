import type { z } from 'zod'
import type { RecordKind } from '#contract/crm/kinds.ts'
import type { Handover, handoverRoutes, OwnedCounts } from '#contract/handover.ts'
import type { OwnedRecordsPort } from '../../crm/index.ts'
import type { Db } from '../../db/index.ts'
import { and, desc, eq, inArray, isNotNull } from 'drizzle-orm'
import { audit } from '../../audit/index.ts'
import { tables } from '../../db/index.ts'
import { AppError } from '../../http/app-error.ts'
import { nearestLeaders } from '../leaders.ts'
import { accountRefs } from '../owners.ts'

export { handoverRoutes } from './routes.ts'

const { account, handover } = tables

const latestShown = 10

type Preview = z.output<(typeof handoverRoutes)['GET /api/directory/accounts/:id/handover']['response']>
type Undone = z.output<(typeof handoverRoutes)['POST /api/directory/handovers/:id/undo']['response']>

interface By {
  name: string
  ip: string
}

/** Hands over what somebody owns without a sync: preview, execution, taking back. */
export function createHandover({ db, ownedRecords }: { db: Db, ownedRecords: OwnedRecordsPort }) {
  return {
    /** @throws {AppError} not_found */
    async preview(id: string): Promise<Preview> {
      const [refs, records, leaders] = [await accountRefs(db, [id]), await ownedRecords.count(db, [id]), await nearestLeaders(db, [id])]
      const found = refs.get(id)
      if (!found)
        throw new AppError('not_found')
      const rows = await db.select().from(handover).where(eq(handover.fromId, id)).orderBy(desc(handover.at)).limit(latestShown)
      return { account: found, records: records.get(id) ?? {}, leader: leaders.get(id) ?? null, latest: await present(db, rows) }
    },

    /** @throws {AppError} not_found; owner_unknown when the successor is not active, or the same person */
    async execute(from: string, { to, kinds }: { to: string, kinds?: RecordKind[] | undefined }, by: By): Promise<Handover> {
      return db.transaction(async (tx) => {
        const [person, successor] = [await tx.$count(account, eq(account.id, from)), await tx.$count(account, and(eq(account.id, to), eq(account.status, 'active')))]
        if (person === 0)
          throw new AppError('not_found')
        if (successor === 0 || to === from)
          throw new AppError('owner_unknown')
        const { id, records } = await ownedRecords.handOver(tx, { from, to, kinds, at: new Date(), actor: by.name })
        const names = await accountRefs(tx, [from, to])
        const name = names.get(from)?.name ?? null
        await audit(tx, {
          actor: by.name,
          action: 'records.hand_over',
          target: { type: 'account', id: from, name },
          detail: { handover: id, from: name, to: names.get(to)?.name ?? null, records },
          ip: by.ip,
        })
        const rows = await tx.select().from(handover).where(eq(handover.id, id))
        return (await present(tx, rows))[0]!
      })
    },

    /** @throws {AppError} not_found, handover_undone, account_merged when its records would go to an account that is no more */
    async undo(id: string, by: By): Promise<Undone> {
      return db.transaction(async (tx) => {
        const [made] = await tx.select({ into: account.mergedIntoId, from: account.id, name: account.name }).from(handover).innerJoin(account, eq(account.id, handover.fromId)).where(eq(handover.id, id)).for('update')
        if (!made)
          throw new AppError('not_found')
        if (made.into !== null)
          throw new AppError('account_merged')
        const taken = (await ownedRecords.giveBack(tx, [id], { at: new Date(), actor: by.name })).get(id)
        if (!taken)
          throw new AppError('handover_undone')
        await audit(tx, { actor: by.name, action: 'records.hand_over_undo', target: { type: 'account', id: made.from, name: made.name }, detail: { handover: id, ...taken }, ip: by.ip })
        return taken
      })
    },
  }
}

export type HandoverService = ReturnType<typeof createHandover>

async function present(db: Db, rows: Array<typeof handover.$inferSelect>): Promise<Handover[]> {
  const people = await accountRefs(db, rows.map(({ toId }) => toId))
  const merged = new Set((await db.select({ id: account.id }).from(account).where(and(inArray(account.id, rows.map(({ fromId }) => fromId)), isNotNull(account.mergedIntoId)))).map(({ id }) => id))
  return rows.map(({ id, fromId, toId, counts, actor, at, takenBackAt }) => ({
    id,
    to: people.get(toId) ?? { id: toId, name: '?', avatar: null },
    records: counts as OwnedCounts,
    by: actor,
    at: at.toISOString(),
    takenBackAt: takenBackAt?.toISOString() ?? null,
    undoable: takenBackAt === null && !merged.has(fromId),
  }))
}
