import type { SQL } from 'drizzle-orm'
import type { MainKind } from '#contract/crm/kinds.ts'
import type { Db } from '../../../db/index.ts'
import { and, isNull, sql } from 'drizzle-orm'
import { contains } from '../../../db/contains.ts'
import { columnOf, kinds } from '../kinds/index.ts'
import { hasTokens, searchForm, tokensOf } from '../records/keyword.ts'
import { nameKey, phoneDigits } from '../write/unique.ts'

/** Records in which a name is looked for, by the kind that is about to be written. */
const calledAlike: Record<MainKind, MainKind[]> = {
  leads: ['leads', 'customers'],
  customers: ['customers', 'leads'],
  contacts: ['contacts', 'leads'],
  opportunities: ['opportunities'],
}

/** Kinds that have a phone; its digits are compared in all of them, whatever is about to be written. */
const withPhone: MainKind[] = ['leads', 'customers', 'contacts']

/** What is looked at before something of a kind is written. */
export function comparisons(kind: MainKind): Array<{ of: MainKind, by: 'name' | 'phone' }> {
  return [...calledAlike[kind].map(of => ({ of, by: 'name' as const })), ...withPhone.map(of => ({ of, by: 'phone' as const }))]
}

/** Fewer digits than a short number has are nobody's phone. */
const fewestDigits = 5

/** The digits by which a phone is compared; empty for what is nobody's phone. */
export function comparablePhone(phone: string): string {
  const digits = phoneDigits(phone)
  return digits.length < fewestDigits ? '' : digits
}

/** The condition by which a phone met: by its digits alone. */
export function samePhone(of: MainKind, phone: string): SQL | undefined {
  const digits = comparablePhone(phone)
  return digits === '' ? undefined : sql`${columnOf(kinds[of], 'phoneDigits')} = ${digits}`
}

/** The condition by which a name met exactly, apart from case, width and blanks. */
export function sameName(of: MainKind, name: string): SQL | undefined {
  const key = nameKey(name)
  return key === '' || of === 'contacts' ? undefined : sql`${columnOf(kinds[of], 'nameKey')} = ${key}`
}

/**
 * The condition that each of these words is in the name. The searched text holds phones too, and what is found outside
 * one's reach must not tell of those: its tokens only lead to candidates. Undefined for words that have none: all names would be read to find them.
 */
export function nameHolds(of: MainKind, name: string): SQL | undefined {
  const words = searchForm(name).split(/\s+/).filter(word => word !== '')
  const candidates = hasTokens(kinds[of], words.flatMap(tokensOf))
  return candidates && and(candidates, ...words.map(word => contains(sql`crm_name_key(${columnOf(kinds[of], 'name')})`, word)))
}

/** Live records that fit, wherever they are in the company. */
export async function anywhere(db: Db, of: MainKind, where: SQL, limit: number) {
  const kind = kinds[of]
  const phone = withPhone.includes(of) ? columnOf(kind, 'phone') : sql<string>`''`
  const rows = await db
    .select({ id: columnOf(kind, 'id'), name: columnOf(kind, 'name'), phone: sql<string>`${phone}`, ownerId: columnOf(kind, 'ownerId') })
    .from(kind.table)
    .where(and(where, isNull(columnOf(kind, 'deletedAt')), of === 'leads' ? isNull(columnOf(kind, 'convertedAt')) : undefined))
    .limit(limit)
  return rows as Array<{ id: string, name: string, phone: string, ownerId: string }>
}
