import type { SQL } from 'drizzle-orm'
import type { FieldIssue } from '#contract/errors.ts'
import type { Db } from '../../../db/index.ts'
import type { KindDef } from '../kinds/index.ts'
import { sql } from 'drizzle-orm'
import { idList, textList } from '../../../db/lists.ts'
import { columnOf } from '../kinds/index.ts'
import { run } from '../records/page.ts'
import { comparablePhone } from '../search/matches.ts'
import { nameKey, phoneDigits } from '../write/unique.ts'

/** What a row is about: a record that is there, none, or something nobody can tell from the file. */
export interface Double {
  existing?: string | undefined
  issue?: FieldIssue
}

export type FindDouble = (stored: Record<string, unknown>) => Double

interface Held {
  id: string
  name: string
  digits: string
}

/** What the rows of a file say; `customers` are those that contacts are of. */
interface Said {
  names: string[]
  phones: string[]
  customers: Iterable<string>
}

const personKey = ({ within, name }: { within: string, name: string }) => `${within} ${name}`

const keysOf = (texts: string[], form: (text: string) => string) => new Set(texts.map(form).filter(key => key !== ''))

/** Finds for each row the record it doubles, among the live ones of the whole company, read once for all rows. */
export async function findDoubles(db: Db, kind: KindDef, said: Said): Promise<FindDouble> {
  return kind.kind === 'contacts' ? amongContacts(db, kind, said) : amongNames(db, kind, said)
}

/** A contact is the same person where customer and name are the same and the phones do not speak against it. */
async function amongContacts(db: Db, kind: KindDef, { names, customers }: Said): Promise<FindDouble> {
  const name = sql`crm_name_key(${columnOf(kind, 'name')})`
  const held = Map.groupBy(await read(db, kind, name, sql`${columnOf(kind, 'customerId')} in ${idList(customers)} and ${name} in ${textList(keysOf(names, nameKey))}`, columnOf(kind, 'customerId')), personKey)
  return ({ customerId, name, phone }) => {
    const namesakes = held.get(personKey({ within: String(customerId), name: nameKey(String(name)) })) ?? []
    const digits = phoneDigits(String(phone ?? ''))
    const same = namesakes.find(each => each.digits === digits)
    const perhaps = namesakes.filter(each => digits === '' || each.digits === '')
    return !same && perhaps.length > 1 ? { issue: { path: 'values.name', message: 'name_ambiguous' } } : { existing: (same ?? perhaps[0])?.id }
  }
}

/** Companies are the same by name. The phone of one of another name is a mistake, or a company that is called differently. */
async function amongNames(db: Db, kind: KindDef, { names, phones }: Said): Promise<FindDouble> {
  const name = sql`${columnOf(kind, 'nameKey')}`
  const byName = Map.groupBy(await read(db, kind, name, sql`${name} in ${textList(keysOf(names, nameKey))}`), each => each.name)
  const unconverted = kind.kind === 'leads' ? sql` and ${columnOf(kind, 'convertedAt')} is null` : sql``
  const byPhone = Map.groupBy(await read(db, kind, name, sql`${columnOf(kind, 'phoneDigits')} in ${textList(keysOf(phones, comparablePhone))}${unconverted}`), each => each.digits)
  return (stored) => {
    const key = nameKey(String(stored.name))
    const phone = String(stored.phone ?? '')
    const holders = byPhone.get(comparablePhone(phone)) ?? []
    if (holders.length > 0 && !holders.some(({ name }) => name === key))
      return { issue: { path: 'values.phone', message: 'phone_of_other' } }
    const same = byName.get(key) ?? []
    return { existing: (same.find(({ digits }) => digits === phoneDigits(phone)) ?? same[0])?.id }
  }
}

/** Live records, those that are still worked on and older ones first. */
async function read(db: Db, kind: KindDef, name: SQL, where: SQL, within: unknown = sql`''`): Promise<Array<Held & { within: string }>> {
  const { rows } = await run<Held & { within: string }>(
    db,
    sql`select ${columnOf(kind, 'id')} as id, ${name} as name, ${columnOf(kind, 'phoneDigits')} as digits, ${within} as within from ${kind.table}
      where ${where} and ${columnOf(kind, 'deletedAt')} is null
      order by ${kind.kind === 'leads' ? sql`${columnOf(kind, 'convertedAt')} is not null, ` : sql``}${columnOf(kind, 'createdAt')}`,
  )
  return rows
}
