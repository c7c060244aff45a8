import type { MainKind } from '#contract/crm/kinds.ts'
import type { Db } from '../../../db/index.ts'
import type { KindDef } from '../kinds/index.ts'
import { AppError } from '../../../http/app-error.ts'
import { anywhere, comparisons, sameName, samePhone } from './matches.ts'

/** Kinds that are checked before they are made; the H5 then shows what the duplicate check says. */
const checked: MainKind[] = ['leads', 'customers', 'contacts']

/**
 * Stops a create that looks like something the company has already, until its writer has seen so.
 * @throws {AppError} duplicate_found
 */
export async function refuseDuplicates(db: Db, { kind, fields }: KindDef, stored: Record<string, unknown>): Promise<void> {
  const main = checked.find(each => each === kind)
  if (!main)
    return
  const name = typeof stored.name === 'string' && main !== 'contacts' ? stored.name : ''
  const phone = typeof stored.phone === 'string' ? stored.phone : ''
  // A unique name is refused at its field, with or without a second look.
  const unique = fields.some(({ key, unique }) => key === 'name' && unique)
  for (const { of, by } of comparisons(main)) {
    const where = by === 'phone' ? samePhone(of, phone) : unique && of === main ? undefined : sameName(of, name)
    if (where && (await anywhere(db, of, where, 1)).length > 0)
      throw new AppError('duplicate_found')
  }
}
