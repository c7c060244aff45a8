import type { SQL } from 'drizzle-orm'
import type { RecordFilter } from '#contract/crm/records.ts'
import type { FieldDef, KindDef } from '../kinds/index.ts'
import { and, getTableName, or, sql } from 'drizzle-orm'
import { facetsOf } from '../../../db/index.ts'
import { regionsMeant } from '../../regions/meant.ts'
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
    case 'contains': {
      const tokens = lookedUp(String(value))
      if (!field.regions)
        return holds(kind, name, tokens, searched)
      return and(...String(value).split(/\s+/).map((word) => {
        const found = holds(kind, name, tokensOfAll(word), searched)
        return found && or(found, liesIn(kind, field, word))
      }))
    }
    default:
      return undefined
  }
}

/** The region of an address is one that a word names; undefined where it names none. */
export function liesIn(kind: KindDef, field: FieldDef, word: string): SQL | undefined {
  const meant = regionsMeant(word)
  return meant.length > 0 ? sql`${columnOf(kind, 'facets')} && ${textsOf(meant.map(digits => `${columnOf(kind, propOf(field)).name}@${digits}`))}` : undefined
}

function holds(kind: KindDef, name: string, tokens: readonly string[], searched: readonly string[]): SQL | undefined {
  return searched.includes(name) ? hasTokens(kind, tokens) : hasAll(columnOf(kind, 'facets'), tokens, token => `${name}~${token}`)
}
