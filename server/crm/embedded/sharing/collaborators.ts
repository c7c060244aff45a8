import type { Collaborator } from '#contract/crm/steps.ts'
import type { Actor } from '../../gateway.ts'
import type { KindDef } from '../kinds/index.ts'
import type { EmbeddedParts } from '../parts.ts'
import { and, asc, eq, notInArray, sql } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { AppError } from '../../../http/app-error.ts'
import { isId, readRecord } from '../access/read.ts'
import { isReached } from '../access/rights.ts'
import { event } from '../write/events.ts'

const { collaborator } = tables

const ofRecord = (kind: KindDef, recordId: string) => and(eq(collaborator.kind, kind.kind), eq(collaborator.recordId, recordId))

/** With whom a record is shared, for everybody who may see it. */
export async function listCollaborators(parts: EmbeddedParts, actor: Actor, kind: KindDef, id: string): Promise<{ collaborators: Collaborator[] }> {
  await readRecord(parts, actor, kind, id)
  const rows = await parts.db.select().from(collaborator).where(ofRecord(kind, id)).orderBy(asc(collaborator.createdAt), asc(collaborator.accountId))
  const people = await parts.directory.accountRefs(rows.map(({ accountId }) => accountId))
  return {
    collaborators: rows.map(({ accountId, access, createdAt }) => ({
      person: people.get(accountId) ?? { id: accountId, name: '', avatar: null },
      access,
      since: createdAt.toISOString(),
    })),
  }
}

/**
 * Shares a record with exactly these people; who is new among them hears of it.
 * @throws {AppError} not_found; forbidden but for whose record it is; owner_unknown for somebody not in service
 */
export async function setCollaborators(parts: EmbeddedParts, actor: Actor, kind: KindDef, id: string, wanted: ReadonlyArray<{ id: string, access: 'read' | 'write' }>): Promise<{ collaborators: Collaborator[] }> {
  const current = await readRecord(parts, actor, kind, id)
  if (!isReached(current.access))
    throw new AppError('forbidden')
  // The owner has more than sharing gives.
  const people = new Map(wanted.filter(({ id }) => id !== current.ownerId).map(({ id, access }) => [id, access]))
  const ids = [...people.keys()]
  if (!ids.every(isId))
    throw new AppError('owner_unknown')
  const refs = await parts.directory.accountRefs(ids)
  await parts.db.transaction(async (tx) => {
    const before = new Set((await tx.select({ id: collaborator.accountId }).from(collaborator).where(ofRecord(kind, id))).map(({ id }) => id))
    // Whoever left keeps their place until somebody takes it away: they must not be in the way of the others.
    const added = ids.filter(accountId => !before.has(accountId))
    if ((await parts.directory.activeAmongIn(tx, added)).size < added.length)
      throw new AppError('owner_unknown')
    await tx.delete(collaborator).where(and(ofRecord(kind, id), ids.length > 0 ? notInArray(collaborator.accountId, ids) : undefined))
    if (ids.length > 0) {
      await tx
        .insert(collaborator)
        .values(ids.map(accountId => ({ kind: kind.kind, recordId: id, accountId, access: people.get(accountId)!, addedById: actor.id, createdAt: parts.now() })))
        .onConflictDoUpdate({ target: [collaborator.kind, collaborator.recordId, collaborator.accountId], set: { access: sql`excluded.access` } })
    }
    if (added.length > 0) {
      const told = { actor, at: parts.now(), mark: `${parts.now().getTime()}:${added.sort().join()}` }
      const people = added.map(accountId => refs.get(accountId)?.name ?? '').filter(Boolean).join('、')
      await parts.publish(tx, [
        event('record.shared', kind, current, { ...told, parties: { collaborators: added } }),
        event('collaborator.added', kind, current, { ...told, values: { people } }),
      ])
    }
  })
  return listCollaborators(parts, actor, kind, id)
}
