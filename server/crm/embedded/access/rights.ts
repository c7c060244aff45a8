import type { RecordRight } from '#contract/crm/records.ts'
import type { Actor } from '../../gateway.ts'
import type { KindDef, StoredRecord } from '../kinds/index.ts'
import type { EmbeddedParts } from '../parts.ts'
import type { Access } from './access.ts'

export interface Abilities {
  delete: boolean
  transfer: boolean
}

export async function abilitiesOf({ may }: EmbeddedParts, actor: Actor): Promise<Abilities> {
  const [remove, transfer] = [await may(actor, 'delete'), await may(actor, 'transfer')]
  return { delete: remove, transfer }
}

export const mayWrite = (access: Access): boolean => access !== 'shared_read'
export const isReached = (access: Access): boolean => access === 'own' || access === 'scope'

/** A lead that became a customer is history. */
export function isLocked({ kind }: KindDef, row: StoredRecord): boolean {
  return kind === 'leads' && row.convertedAt !== null
}

/** What somebody may do with a record, by how they see it, its state and their abilities. */
export function rightsTo(kind: KindDef, row: StoredRecord, access: Access, abilities: Abilities): RecordRight[] {
  const reached = isReached(access)
  const write = mayWrite(access)
  const locked = isLocked(kind, row)
  const main = kind.kind !== 'follow-ups' && kind.kind !== 'plans'
  const given: Record<RecordRight, boolean> = {
    edit: write && !locked,
    delete: reached && abilities.delete,
    transfer: main && reached && abilities.transfer && !locked,
    share: main && reached,
    follow: kind.followed && write,
    convert: kind.kind === 'leads' && reached && !locked,
    stage: (kind.kind === 'leads' || kind.kind === 'opportunities') && write && !locked,
    enable: kind.kind === 'contacts' && write,
    complete: kind.kind === 'plans' && write,
  }
  return (Object.keys(given) as RecordRight[]).filter(right => given[right])
}
