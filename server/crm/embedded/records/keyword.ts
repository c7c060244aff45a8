import type { SQL } from 'drizzle-orm'
import type { KindDef } from '../kinds/index.ts'
import { and, sql } from 'drizzle-orm'
import { contains } from '../../../db/contains.ts'
import { columnOf } from '../kinds/index.ts'

/** A text as the search compares it; the database's crm_search_text says the same. */
export function searchForm(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}

/**
 * The tokens a text must have to contain this word: its triples of letters and digits, its pairs of characters, or a
 * single character outside ASCII. The database's crm_search_tokens makes the same of stored texts.
 */
export function tokensOf(word: string): string[] {
  const characters = [...word]
  const triples = grams(characters, 3).filter(gram => /^[a-z0-9]{3}$/.test(gram))
  const pairs = grams(characters, 2).filter(pair => !triples.some(triple => triple.includes(pair)))
  const found = [...triples, ...pairs]
  return found.length > 0 ? [...new Set(found)] : characters.filter(character => character > '\x7F')
}

function grams(characters: string[], size: number): string[] {
  return characters.flatMap((_, at) => (at + size <= characters.length ? [characters.slice(at, at + size).join('')] : []))
}

/** The condition "contains each of these words": by index, then exactly. A single ASCII letter is common enough without. */
export function matchesKeyword(kind: KindDef, q: string): SQL | undefined {
  const words = searchForm(q).split(/\s+/).filter(word => word !== '')
  const tokens = [...new Set(words.flatMap(tokensOf))]
  return and(
    tokens.length > 0 ? sql`${columnOf(kind, 'searchTokens')} @> array[${sql.join(tokens.map(token => sql`${token}`), sql`, `)}]::text[]` : undefined,
    ...words.map(word => contains(columnOf(kind, 'searchText'), word)),
  )
}
