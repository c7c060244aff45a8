import type { RecordKind } from '#contract/crm/kinds.ts'
import type { CrmEvent } from '../../events.ts'
import type { Actor } from '../../gateway.ts'
import type { KindDef, StoredRecord } from '../kinds/index.ts'
import { nameOf } from '../records/present.ts'

interface Told {
  actor: Actor
  at: Date
  /** Tells events of the same kind on the same record apart; the version where it moves. */
  mark?: string | number
  parties?: CrmEvent['parties']
  values?: CrmEvent['values']
}

/** A business event of a record. Its key names it once, however often it is reported. */
export function event(type: CrmEvent['type'], kind: KindDef, row: StoredRecord, { actor, at, mark = row.version, parties = {}, values = {} }: Told): CrmEvent {
  return {
    key: `${type}:${row.id}:${mark}`,
    type,
    at,
    actor: { id: actor.id, name: actor.name },
    record: { kind: kind.kind satisfies RecordKind, id: row.id, name: nameOf(kind, row) },
    parties: { owner: row.ownerId, ...parties },
    values,
  }
}
