import type { SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { FieldValue } from '#contract/crm/forms.ts'
import type { RecordFilter } from '#contract/crm/records.ts'
import type { FieldDef, KindDef } from '../kinds/index.ts'
import { and, or, sql } from 'drizzle-orm'
import { contains } from '../../../db/contains.ts'
import { invalid } from '../../../http/app-error.ts'
import { checkValue } from '../forms/check.ts'
import { askedField, columnOf, filtersOf, propOf } from '../kinds/index.ts'
import { leadOf, liesIn } from './facets.ts'

const isList = ({ type, multiple }: FieldDef): boolean => multiple === true || type === 'checkbox' || type === 'multi-select' || type === 'picture'

const casts: Partial<Record<FieldDef['type'], string>> = {
  number: '::numeric',
  amount: '::numeric',
  date: '::date',
  datetime: '::timestamptz',
  member: '::uuid',
  department: '::uuid',
  record: '::uuid',
}

/** Conditions on rows, by how they are found. */
export interface Narrowed {
  /** Where the rows begin and end in the order they are shown in, or an index of just these. */
  ordered?: SQL | undefined
  fits?: SQL | undefined
  /** What an index knows of `fits`. */
  lead?: SQL | undefined
}

/**
 * Conditions of a list on fields of its form.
 * @throws {AppError} validation_failed naming the filter that does not fit its field
 */
export function filterBy(kind: KindDef, filters: readonly RecordFilter[], sort = kind.defaultSort): Narrowed {
  const sorted = kind.sorts[sort.replace('-', '')]?.prop
  const made = filters.map((filter, at): Narrowed => {
    const fits = compile(kind, filter, `filters.${at}`)
    if (asksForPlansToDo(kind, filter))
      return plansToDo(kind)
    const bounds = ['between', 'at_least', 'at_most'].includes(filter.op) && propOf(askedField(kind, filter.field)!) === sorted
    return bounds ? { ordered: fits } : { fits, lead: leadOf(kind, filter) }
  })
  return { ordered: and(...made.map(({ ordered }) => ordered)), fits: and(...made.map(({ fits }) => fits)), lead: and(...made.map(({ lead }) => lead)) }
}

/** Plans to do have an index of their own, in the order they are due. */
export function plansToDo(kind: KindDef): Narrowed {
  return { ordered: sql`${columnOf(kind, 'status')} = 'open'` }
}

function asksForPlansToDo(kind: KindDef, { field, op, value }: RecordFilter): boolean {
  const wanted = op === 'is' ? [value] : op === 'any_of' && Array.isArray(value) ? value : []
  return kind.kind === 'plans' && field === 'status' && wanted.length > 0 && wanted.every(each => each === 'open')
}

function compile(kind: KindDef, { field: key, op, value }: RecordFilter, path: string): SQL {
  const field = askedField(kind, key)
  if (!field)
    throw invalid([{ path: `${path}.field`, message: 'not_an_option' }])
  if (!filtersOf(field).includes(op))
    throw invalid([{ path: `${path}.op`, message: 'not_an_option' }])
  const column = columnOf(kind, propOf(field))
  const one = (given: unknown, at = `${path}.value`) => typed(field, given as FieldValue, at)
  const list = (length?: number): unknown[] => {
    if (!Array.isArray(value) || value.length === 0 || value.length > 100 || (length && value.length !== length))
      throw invalid([{ path: `${path}.value`, message: 'invalid' }])
    return value
  }
  switch (op) {
    case 'is':
      return sql`${column} = ${one(value)}`
    case 'is_not':
      return sql`${column} is distinct from ${one(value)}`
    case 'any_of': {
      const values = sql.join(list().map(each => one(each)), sql`, `)
      return isList(field) ? sql`${column} && array[${values}]` : sql`${column} in (${values})`
    }
    case 'contains':
      if (typeof value !== 'string' || value.length > 200 || value.includes('\0'))
        throw invalid([{ path: `${path}.value`, message: 'invalid_type' }])
      return field.type === 'location' ? isAt(kind, field, value) : contains(column, value)
    case 'at_least':
      return sql`${column} >= ${one(value)}`
    case 'at_most':
      return sql`${column} <= ${one(value)}`
    case 'between': {
      const [from, to] = list(2)
      return sql`${column} between ${one(from)} and ${one(to)}`
    }
    case 'empty':
      return isEmpty(field, column)
    case 'not_empty':
      return sql`not ${isEmpty(field, column)}`
  }
}

/** An address with each of these words in it, or in the names of the regions it lies in. */
function isAt(kind: KindDef, field: FieldDef, text: string): SQL {
  const detail = sql`(${columnOf(kind, propOf(field))} ->> 'detail')`
  if (!field.regions)
    return contains(detail, text)
  return and(...text.split(/\s+/).filter(Boolean).map(word => or(contains(detail, word), liesIn(kind, field, word)))) ?? sql`true`
}

function isEmpty(field: FieldDef, column: PgColumn): SQL {
  if (isList(field))
    return sql`(${column} = '{}')`
  const typed = ['number', 'amount', 'date', 'datetime', 'member', 'department', 'record', 'location'].includes(field.type)
  return typed ? sql`(${column} is null)` : sql`(coalesce(${column}, '') = '')`
}

/** A filter's value as its column compares it. Options that no longer exist may be asked for: records still have them. */
function typed(field: FieldDef, value: FieldValue, path: string): SQL {
  const { required: _, options: __, min: ___, max: ____, ...loose } = field
  const checked = checkValue({ ...loose, ...(field.options && { type: 'text' as const }), multiple: false }, value)
  if ('issue' in checked)
    throw invalid([{ path, message: checked.issue }])
  if (checked.value === null || checked.value === '')
    throw invalid([{ path, message: 'required' }])
  const stored = checked.value instanceof Date ? checked.value.toISOString() : checked.value
  return sql`${stored}${sql.raw(casts[field.type] ?? '::text')}`
}
