import type { z } from 'zod'
import type { Handover, HandoverOrder, handoverRoutes, OwnedCounts } from '#contract/handover.ts'
import type { OwnedRecordsPort } from '../../crm/index.ts'
import type { Db } from '../../db/index.ts'
import type { Division, Wanted } from './preview.ts'
import { and, desc, eq, inArray, isNotNull } from 'drizzle-orm'
import { audit } from '../../audit/index.ts'
import { tables } from '../../db/index.ts'
import { AppError } from '../../http/app-error.ts'
import { nearestLeaders } from '../leaders.ts'
import { accountRefs, activeAmong } from '../owners.ts'
import { divide, sharesOf } from './divide.ts'
import { fingerprint, previewDivision } from './preview.ts'

export { handoverRoutes } from './routes.ts'

const { account, handover } = tables

const latestShown = 10

type Preview = z.output<(typeof handoverRoutes)['GET /api/directory/accounts/:id/handover']['response']>
type Undone = z.output<(typeof handoverRoutes)['POST /api/directory/handovers/:id/undo']['response']>

interface By {
  name: string
  ip: string
}

/**
 * Hands over what somebody owns without a sync: preview, execution, taking back.
 * `elsewhere`: the records are kept by a CRM of its own, which hands them over itself.
 */
export function createHandover({ db, ownedRecords, elsewhere = false }: { db: Db, ownedRecords: OwnedRecordsPort, elsewhere?: boolean }) {
  return {
    /** @throws {AppError} not_found */
    async preview(id: string): Promise<Preview> {
      const [refs, records, leaders] = [await accountRefs(db, [id]), await ownedRecords.count(db, [id]), await nearestLeaders(db, [id])]
      const found = refs.get(id)
      if (!found)
        throw new AppError('not_found')
      const rows = await db.select().from(handover).where(eq(handover.fromId, id)).orderBy(desc(handover.at)).limit(latestShown)
      return { account: found, records: records.get(id) ?? {}, leader: leaders.get(id) ?? null, latest: await present(db, rows), elsewhere }
    },

    /** Who would get which record. @throws {AppError} not_found */
    async division(id: string, wanted: Wanted): Promise<Division> {
      if (await db.$count(account, eq(account.id, id)) === 0)
        throw new AppError('not_found')
      return previewDivision((await ownedRecords.list(db, [id])).get(id) ?? [], wanted)
    },

    /**
     * One handover for each who gets any.
     * @throws {AppError} not_found; owner_unknown when a successor is not active, or the same person; handover_outdated
     * when the records are not those that were seen
     */
    async execute(from: string, { seen, ...order }: HandoverOrder & { seen?: string | undefined }, by: By): Promise<Handover[]> {
      return db.transaction(async (tx) => {
        const [person, active] = [await tx.$count(account, eq(account.id, from)), await activeAmong(tx, order.to)]
        if (person === 0)
          throw new AppError('not_found')
        const receivers = new Set([...order.to, ...order.chosen.flatMap(({ to }) => to ?? [])])
        if (active.size < order.to.length || receivers.size > order.to.length || receivers.has(from))
          throw new AppError('owner_unknown')
        const owned = (await ownedRecords.list(tx, [from])).get(from) ?? []
        if (seen !== undefined && seen !== fingerprint(owned))
          throw new AppError('handover_outdated')
        const transfers = [...sharesOf(divide(owned, order), order.to)].flatMap(([to, records]) => (records.size > 0 ? { from, to, records } : []))
        const moved = await ownedRecords.handOverAll(tx, { transfers, at: new Date(), actor: by.name })
        const names = await accountRefs(tx, [from, ...order.to])
        const name = names.get(from)?.name ?? null
        for (const { id, to, records } of moved) {
          await audit(tx, {
            actor: by.name,
            action: 'records.hand_over',
            target: { type: 'account', id: from, name },
            detail: { handover: id, from: name, to: names.get(to)?.name ?? null, records },
            ip: by.ip,
          })
        }
        return present(tx, await tx.select().from(handover).where(inArray(handover.id, moved.map(({ id }) => id))))
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
