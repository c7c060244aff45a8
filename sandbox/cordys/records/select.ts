import type { Condition, PageRequest } from './page.ts'
import { meets } from './conditions.ts'

interface Selection<T> {
  request: PageRequest
  caller: string
  now: number
  /** A value by business key, audit field or custom field id. */
  valueOf: (row: T, name: string) => unknown
  /** Texts the keyword is looked for in. */
  texts: (row: T) => unknown[]
}

/** Keyword, filters (AND), advanced search (AND/OR) and order of a list. */
export function select<T>(rows: T[], { request, caller, now, valueOf, texts }: Selection<T>): T[] {
  const keyword = request.keyword?.trim()
  const holds = (row: T) => (condition: Condition) => meets(valueOf(row, condition.name), condition, caller, now)
  const found = rows.filter((row) => {
    if (keyword && !texts(row).some(text => typeof text === 'string' && text.includes(keyword)))
      return false
    if (!(request.filters ?? []).every(holds(row)))
      return false
    const advanced = request.combineSearch?.conditions ?? []
    return advanced.length === 0 || (request.combineSearch?.searchMode === 'OR' ? advanced.some(holds(row)) : advanced.every(holds(row)))
  })
  return order(found, request.sort, valueOf)
}

function order<T>(rows: T[], sort: PageRequest['sort'], valueOf: Selection<T>['valueOf']): T[] {
  // A name that is not camelCase is ignored without a word.
  const name = sort?.name && /^[A-Z0-9]+$/i.test(sort.name) ? sort.name : 'createTime'
  const down = name === 'createTime' && !sort?.name ? true : sort?.type !== 'asc'
  const compare = (a: unknown, b: unknown): number => {
    if (typeof a === 'number' && typeof b === 'number')
      return a - b
    return String(a ?? '').localeCompare(String(b ?? ''), 'zh')
  }
  return [...rows].sort((a, b) => (down ? -1 : 1) * compare(valueOf(a, name), valueOf(b, name)))
}
