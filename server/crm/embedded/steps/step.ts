import type { CrmRecord } from '#contract/crm/records.ts'
import type { Db } from '../../../db/index.ts'
import type { CrmEvent } from '../../events.ts'
import type { Actor } from '../../gateway.ts'
import type { Seen } from '../access/read.ts'
import type { KindDef, StoredRecord } from '../kinds/index.ts'
import type { EmbeddedParts } from '../parts.ts'
import { reachOf } from '../access/reach.ts'
import { change, presentAgain, readToChange } from '../write/patch.ts'

interface Step {
  /** The version it was decided on; absent where the step asks for none. */
  version?: number
  /** What is set; undefined leaves the record as it is, and nothing is told. */
  set: (current: Seen) => Record<string, unknown> | undefined
  /** What else belongs to the step, and what is told of it. */
  then?: (tx: Db, before: Seen, after: StoredRecord) => Promise<CrmEvent[]>
}

/**
 * One step in the life of a record, which is no edit of its form: its stage, its status.
 * @throws {AppError} not_found; forbidden for readers; record_locked; stale_edit
 */
export async function takeStep(parts: EmbeddedParts, actor: Actor, kind: KindDef, id: string, { version, set, then }: Step): Promise<CrmRecord> {
  const reach = await reachOf(parts, actor)
  const current = await readToChange(parts, actor, kind, id, { reach, version })
  const stored = set(current)
  if (stored) {
    await parts.db.transaction(async (tx) => {
      const row = await change(parts, tx, actor, kind, current, stored)
      await parts.publish(tx, (await then?.(tx, current, row)) ?? [])
    })
  }
  return presentAgain(parts, actor, kind, reach, id)
}
