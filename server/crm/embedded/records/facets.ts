import type { SQL } from 'drizzle-orm'
import type { RecordFilter } from '#contract/crm/records.ts'
import type { KindDef } from '../kinds/index.ts'
import { getTableName, sql } from 'drizzle-orm'
import { facetsOf } from '../../../db/index.ts'
import { columnOf, fieldOf, propOf } from '../kinds/index.ts'
import { hasAll, hasTokens, lookedUp, textsOf, tokensOfAll } from './keyword.ts'

/**
 * What the index of facets or of tokens says of a filter: every row that fits has these, few others have. Undefined
 * where neither knows the field; filters are checked elsewhere.
 * @throws {AppError} keyword_too_short for a part of a text that no index can look up
 */
export function leadOf(kind: KindDef, { field: key, op, value }: RecordFilter): SQL | undefined {
  const field = fieldOf(kind, key)
  if (!field)
    return undefined
  const { name } = columnOf(kind, propOf(field))
  const { options, texts, searched } = facetsOf(getTableName(kind.table))
  const has = (...facets: string[]) => sql`${columnOf(kind, 'facets')} @> ${textsOf(facets)}`
  const isOption = options.includes(name)
  if (!isOption && !texts.includes(name) && !searched.includes(name))
    return undefined
  switch (op) {
    case 'empty':
      return has(`${name}=`)
    case 'not_empty':
      return has(`${name}+`)
    case 'any_of':
      return isOption && Array.isArray(value) && value.length > 0 ? sql`${columnOf(kind, 'facets')} && ${textsOf(value.map(each => `${name}=${String(each).trim()}`))}` : undefined
    case 'is':
      return isOption ? has(`${name}=${String(value).trim()}`) : (holds(kind, name, tokensOfAll(String(value)), searched) ?? has(`${name}+`))
    case 'contains':
      return holds(kind, name, lookedUp(String(value)), searched)
    default:
      return undefined
  }
}

function holds(kind: KindDef, name: string, tokens: readonly string[], searched: readonly string[]): SQL | undefined {
  return searched.includes(name) ? hasTokens(kind, tokens) : hasAll(columnOf(kind, 'facets'), tokens, token => `${name}~${token}`)
}
