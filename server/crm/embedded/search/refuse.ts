import type { MainKind } from '#contract/crm/kinds.ts'
import type { Actor } from '../../gateway.ts'
import type { KindDef } from '../kinds/index.ts'
import type { EmbeddedParts } from '../parts.ts'
import type { Quota } from '../quota.ts'
import { AppError, invalid } from '../../../http/app-error.ts'
import { takenValues } from '../write/unique.ts'
import { auditLook } from './duplicates.ts'
import { anywhere, comparisons, sameName, samePhone } from './matches.ts'

/** Kinds that are checked before they are made; the H5 then shows what the duplicate check says. */
const checked: MainKind[] = ['leads', 'customers', 'contacts']

/**
 * Stops a create that looks like something the company has already, until its writer has seen so. A refusal tells
 * whether somebody has a phone, and makes nothing: it counts and is written down like a look at the duplicates.
 * @throws {AppError} duplicate_found; validation_failed for a value that must be unique; rate_limited
 */
export async function refuseDuplicates(parts: EmbeddedParts, actor: Actor, kind: KindDef, stored: Record<string, unknown>, lookups: Quota): Promise<void> {
  const { db } = parts
  const { fields } = kind
  const main = checked.find(each => each === kind.kind)
  if (!main)
    return
  // What cannot be made anyhow is no way to ask for a phone.
  const taken = await takenValues(db, kind, stored)
  if (taken.length > 0)
    throw invalid(taken)
  // Whoever has asked enough is told neither yes nor no.
  await lookups.ensure(actor.id)
  const name = typeof stored.name === 'string' && main !== 'contacts' ? stored.name : ''
  const phone = typeof stored.phone === 'string' ? stored.phone : ''
  // A unique name is refused at its field, with or without a second look.
  const unique = fields.some(({ key, unique }) => key === 'name' && unique)
  for (const { of, by } of comparisons(main)) {
    const where = by === 'phone' ? samePhone(of, phone) : unique && of === main ? undefined : sameName(of, name)
    if (where && (await anywhere(db, of, where, 1)).length > 0) {
      await lookups.take(actor.id)
      await auditLook(db, actor, { kind: main, name, phone }, { found: 1 })
      throw new AppError('duplicate_found')
    }
  }
}
