import type { AnyColumn, SQL } from 'drizzle-orm'
import type { KindDef } from '../kinds/index.ts'
import { and, or, sql } from 'drizzle-orm'
import { contains } from '../../../db/contains.ts'
import { AppError } from '../../../http/app-error.ts'
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

const wordsOf = (q: string): string[] => searchForm(q).split(/\s+/).filter(word => word !== '')

/** What an index can look up of all words of a text. */
export const tokensOfAll = (q: string): string[] => wordsOf(q).flatMap(tokensOf)

/**
 * The same of a keyword. A single letter has no token: it is in every other name, and where it is not, all would be read to find out.
 * @throws {AppError} keyword_too_short where nothing can be looked up
 */
export function lookedUp(q: string): string[] {
  const tokens = tokensOfAll(q)
  if (tokens.length === 0 && q.trim() !== '')
    throw new AppError('keyword_too_short')
  return tokens
}

/**
 * The condition "contains each of these words", and what the index of tokens says of it.
 * @throws {AppError} keyword_too_short
 */
export function byKeyword(kind: KindDef, q: string): { fits: SQL | undefined, lead: SQL | undefined } {
  return { fits: and(...wordsOf(q).map(word => contains(columnOf(kind, 'searchText'), word))), lead: hasTokens(kind, lookedUp(q)) }
}

/** The one token of texts whose end has none (crm_search_tokens); no text has it itself, NFKC makes three dots of it. */
const unfinished = '…'

/** The searched text has all of these tokens, or goes on where tokens end. Undefined without tokens: no index knows. */
export function hasTokens(kind: KindDef, tokens: readonly string[]): SQL | undefined {
  return hasAll(columnOf(kind, 'searchTokens'), tokens, token => token)
}

/** The same of an array that keeps tokens in words of its own. */
export function hasAll(column: AnyColumn, tokens: readonly string[], spelled: (token: string) => string): SQL | undefined {
  if (tokens.length === 0)
    return undefined
  return or(...[[...new Set(tokens)], [unfinished]].map(all => sql`${column} @> ${textsOf(all.map(spelled))}`))
}

/** An array of texts. */
export function textsOf(texts: readonly string[]): SQL {
  return sql`array[${sql.join(texts.map(text => sql`${text}`), sql`, `)}]::text[]`
}
