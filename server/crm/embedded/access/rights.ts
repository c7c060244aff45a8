import type { RecordRight } from '#contract/crm/records.ts'
import type { Actor } from '../../gateway.ts'
import type { KindDef, StoredRecord } from '../kinds/index.ts'
import type { EmbeddedParts } from '../parts.ts'
import type { Access } from './access.ts'

export type Abilities = Record<'import' | 'export' | 'delete' | 'transfer', boolean>

/** What their roles allow somebody besides reading and writing. */
export async function abilitiesOf({ directory }: EmbeddedParts, actor: Actor): Promise<Abilities> {
  const { abilities } = await directory.rights(actor)
  const has = (ability: keyof Abilities) => abilities.includes(ability)
  return { import: has('import'), export: has('export'), delete: has('delete'), transfer: has('transfer') }
}

export const mayWrite = (access: Access): boolean => access !== 'shared_read'
export const isReached = (access: Access): boolean => access === 'own' || access === 'scope'

/** A lead that became a customer is history. */
export function isLocked({ kind }: KindDef, row: StoredRecord): boolean {
  return kind === 'leads' && row.convertedAt !== null
}

/**
 * What somebody may do with a record, by how they see it, its state and their abilities. What is written at a contact
 * is about its customer, who has to be within reach too.
 */
export function rightsTo(kind: KindDef, row: StoredRecord, access: Access, abilities: Abilities, { customer }: { customer: boolean }): RecordRight[] {
  const reached = isReached(access)
  if (row.deletedAt !== null)
    return reached && abilities.delete ? ['restore'] : []
  const write = mayWrite(access)
  const locked = isLocked(kind, row)
  const main = kind.kind !== 'follow-ups' && kind.kind !== 'plans'
  const given: Record<Exclude<RecordRight, 'restore'>, boolean> = {
    edit: write && !locked,
    delete: reached && abilities.delete,
    transfer: main && reached && abilities.transfer && !locked,
    share: main && reached,
    follow: (kind.followed || (kind.kind === 'contacts' && customer)) && write && !locked,
    convert: kind.kind === 'leads' && reached && !locked,
    stage: (kind.kind === 'leads' || kind.kind === 'opportunities') && write && !locked,
    enable: kind.kind === 'contacts' && write,
    complete: kind.kind === 'plans' && write,
  }
  return (Object.keys(given) as (keyof typeof given)[]).filter(right => given[right])
}
