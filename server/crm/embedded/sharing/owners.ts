import type { Ownership } from '#contract/crm/steps.ts'
import type { Actor } from '../../gateway.ts'
import type { KindDef } from '../kinds/index.ts'
import type { EmbeddedParts } from '../parts.ts'
import { and, desc, eq } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { readRecord } from '../access/read.ts'

const { ownerHistory } = tables

const shown = 200

/** Who had a record when, the present owner first. */
export async function listOwners(parts: EmbeddedParts, actor: Actor, kind: KindDef, id: string): Promise<{ owners: Ownership[] }> {
  const row = await readRecord(parts, actor, kind, id)
  const past = await parts.db
    .select()
    .from(ownerHistory)
    .where(and(eq(ownerHistory.kind, kind.kind), eq(ownerHistory.recordId, id)))
    .orderBy(desc(ownerHistory.until), desc(ownerHistory.since))
    .limit(shown)
  const people = await parts.directory.accountRefs([row.ownerId, ...past.flatMap(({ ownerId, byId }) => [ownerId, ...(byId ? [byId] : [])])])
  const person = (id: string) => people.get(id) ?? { id, name: '', avatar: null }
  return {
    owners: [
      { owner: person(row.ownerId), from: row.ownedSince.toISOString(), until: null, by: null },
      ...past.map(({ ownerId, since, until, byId }) => ({ owner: person(ownerId), from: since.toISOString(), until: until.toISOString(), by: byId ? person(byId) : null })),
    ],
  }
}
