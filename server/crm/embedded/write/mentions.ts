import type { Db } from '../../../db/index.ts'
import type { CrmEvent } from '../../events.ts'
import type { Actor } from '../../gateway.ts'
import type { Reach } from '../access/reach.ts'
import type { KindDef, StoredRecord } from '../kinds/index.ts'
import type { EmbeddedParts } from '../parts.ts'
import { eq } from 'drizzle-orm'
import { AppError } from '../../../http/app-error.ts'
import { reachOf } from '../access/reach.ts'
import { readSeen } from '../access/read.ts'
import { columnOf, kinds } from '../kinds/index.ts'
import { event } from './events.ts'

/**
 * Refuses to mention people who may not see what they are called to.
 * @throws {AppError} mention_unseen with their names
 */
export async function refuseUnseen(parts: EmbeddedParts, personIds: readonly string[], sees: (reach: Reach) => Promise<boolean>): Promise<void> {
  const unseeing: string[] = []
  for (const id of new Set(personIds)) {
    const person = await parts.directory.caller(id)
    if (!person || !(await sees(await reachOf(parts, person))))
      unseeing.push(id)
  }
  if (unseeing.length === 0)
    return
  const refs = await parts.directory.accountRefs(unseeing)
  throw new AppError('mention_unseen', { ask: unseeing.map(id => refs.get(id)?.name ?? id) })
}

/** People a follow-up or plan mentions hear of it as of a mention in a comment, under the name of what it is about. */
export async function mentionEvents(tx: Db, kind: KindDef, row: StoredRecord, told: { actor: Actor, at: Date, mentioned: string[], mark?: string }): Promise<CrmEvent[]> {
  const { mentioned, ...rest } = told
  if (mentioned.length === 0)
    return []
  const parent = kind.parents.find(({ prop }) => typeof row[prop] === 'string')
  const of = parent && kinds[parent.kind]
  const [about] = of ? await tx.select({ name: columnOf(of, of.nameProp) }).from(of.table).where(eq(columnOf(of, 'id'), row[parent.prop])) : []
  return [event('comment.mentioned', kind, row, { ...rest, parties: { mentioned }, values: { comment: String(row.content), commentId: row.id, ...(about && { record: String(about.name) }) } })]
}

/** Whether somebody will see a record that is about to be written: by its owner, or by what it belongs to. */
export async function willSee({ db }: EmbeddedParts, kind: KindDef, stored: Record<string, unknown>, reach: Reach): Promise<boolean> {
  if (reach.ids === null || reach.ids.includes(String(stored.ownerId)))
    return true
  for (const { prop, kind: of } of kind.parents) {
    if (typeof stored[prop] === 'string' && (await readSeen(db, kinds[of], reach, [stored[prop]])).length > 0)
      return true
  }
  return false
}
