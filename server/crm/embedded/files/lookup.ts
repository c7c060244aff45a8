import type { Actor } from '../../gateway.ts'
import type { Reach } from '../access/reach.ts'
import type { FieldDef, KindDef } from '../kinds/index.ts'
import type { EmbeddedParts } from '../parts.ts'
import type { Input } from '../write/input.ts'
import type { FindDouble } from './doubles.ts'
import type { Cell } from './sheets.ts'
import { sql } from 'drizzle-orm'
import { textList } from '../../../db/lists.ts'
import { accessTo } from '../access/access.ts'
import { reachOf } from '../access/reach.ts'
import { people } from '../forms/options.ts'
import { columnOf, kinds, propOf } from '../kinds/index.ts'
import { run } from '../records/page.ts'
import { nameKey } from '../write/unique.ts'
import { findDoubles } from './doubles.ts'

/** What the names in a file stand for, read once for all rows. */
export interface Lookup {
  /** Puts the id a name stands for into the input; answers what is wrong with it. */
  resolve: (field: FieldDef, cell: Cell, input: Input) => { path: string, message?: string }
  /** The record a row is about already. */
  double: FindDouble
}

const mostPeople = 20_000

export async function lookUp(parts: EmbeddedParts, actor: Actor, kind: KindDef, columns: Array<FieldDef | undefined>, rows: Cell[][]): Promise<Lookup> {
  const reach = await reachOf(parts, actor)
  const textsAt = (at: number) => (at < 0 ? [] : rows.map(cells => String(cells[at] ?? '').trim()).filter(text => text !== ''))
  const column = (test: (field: FieldDef) => boolean) => columns.findIndex(field => field !== undefined && test(field))
  const owners = namesakes(column(({ type }) => type === 'member') < 0 ? [] : await people(parts, actor, 'owner', { q: undefined, limit: mostPeople }))
  const customers = await visibleCustomers(parts, reach, textsAt(column(({ type }) => type === 'record')))
  const texts = (key: string) => textsAt(column(field => field.key === key))
  const double = await findDoubles(parts.db, kind, { names: texts('name'), phones: texts('phone'), customers: [...customers.values()].flat() })
  return {
    resolve(field, cell, input) {
      const path = `values.${field.key}`
      const text = String(cell ?? '').trim()
      if (text === '')
        return field.type === 'member' ? { path } : { path, ...(field.required && { message: 'required' }) }
      const found = (field.type === 'member' ? owners : customers).get(nameKey(text)) ?? []
      if (found.length !== 1)
        return { path, message: found.length > 1 ? 'name_ambiguous' : field.type === 'member' ? 'owner_unknown' : 'record_unknown' }
      input.stored[propOf(field)] = found[0]
      return { path }
    },
    double,
  }
}

function namesakes(refs: Array<{ id: string, name: string }>): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const { id, name } of refs) found.set(nameKey(name), [...(found.get(nameKey(name)) ?? []), id])
  return found
}

/** Customers of these names that the actor may write to. */
async function visibleCustomers({ db }: EmbeddedParts, reach: Reach, names: string[]): Promise<Map<string, string[]>> {
  if (names.length === 0)
    return new Map()
  const kind = kinds.customers
  const { rows } = await run<{ id: string, name: string, access: string | null }>(
    db,
    sql`select ${columnOf(kind, 'id')} as id, ${columnOf(kind, 'name')} as name, ${accessTo(kind, reach)} as access from ${kind.table}
      where ${columnOf(kind, 'nameKey')} in ${textList(new Set(names.map(nameKey)))} and ${columnOf(kind, 'deletedAt')} is null`,
  )
  return namesakes(rows.filter(({ access }) => access !== null && access !== 'shared_read'))
}
