import type { Actor } from '../../gateway.ts'
import type { FieldDef, KindDef } from '../kinds/index.ts'
import type { EmbeddedParts } from '../parts.ts'
import type { Input } from '../write/input.ts'
import type { Lookup } from './lookup.ts'
import type { Cell, Sheet } from './sheets.ts'
import { breathe } from '../../../db/breathe.ts'
import { wordIssue } from '../../../http/error-texts/index.ts'
import { newInput } from '../write/input.ts'
import { nameKey, phoneDigits } from '../write/unique.ts'
import { cellValue, fieldByTitle, fileFields, titleOf } from './columns.ts'
import { lookUp } from './lookup.ts'

export interface RowIssue {
  /** As Excel counts: the heading is 1. */
  row: number
  column: string | null
  message: string
}

/** A row that can be written, and the record it would double. */
export interface GoodRow {
  row: number
  stored: Record<string, unknown>
  /** Fields that have a cell in the file; an update changes only these. */
  given: string[]
  existing: string | undefined
}

export interface CheckedSheet {
  rows: number
  good: GoodRow[]
  issues: RowIssue[]
}

const atOnce = 500

interface Options {
  /** The sheet was read as far as this. */
  mostRows: number
  signal: AbortSignal
  progress: (done: number, rows: number) => void
}

/**
 * Checks every row of a sheet against the form and what is there, and writes nothing. A sheet without a heading we
 * know, without rows or with too many says so in its first row.
 */
export async function checkRows(parts: EmbeddedParts, actor: Actor, kind: KindDef, sheet: Sheet, { mostRows, signal, progress }: Options): Promise<CheckedSheet> {
  const whole = (key: string): CheckedSheet => ({ rows: 0, good: [], issues: [{ row: 1, column: null, message: wordIssue(key, actor.locale) }] })
  if (sheet.tooLong)
    return whole(`too_many_rows:${mostRows}`)
  const fields = fileFields(kind, 'import')
  const [heading = [], ...body] = sheet.rows
  const columns = heading.map(title => (typeof title === 'string' ? fieldByTitle(fields, title) : undefined))
  const issues = headingIssues(actor, fields, heading, columns)
  const odd = oddRows(sheet, actor)
  const filled = body.map((cells, at) => ({ cells, row: at + 2 })).filter(({ cells, row }) => odd.has(row) || cells.some(cell => cell !== null && cell !== ''))
  if (issues.length > 0)
    return { rows: filled.length, good: [], issues }
  if (filled.length === 0)
    return whole('no_rows')
  const lookup = await lookUp(parts, actor, kind, columns, filled.map(({ cells }) => cells))
  const seen = new Map<string, number>()
  const good: GoodRow[] = []
  for (const [at, { cells, row }] of filled.entries()) {
    if (at % atOnce === 0) {
      progress(at, filled.length)
      // Other people's requests come in between.
      await breathe()
      signal.throwIfAborted()
    }
    const wrong = odd.get(row) ?? checkRow(parts, actor, kind, columns, cells, row, lookup, seen, good)
    issues.push(...wrong)
  }
  return { rows: filled.length, good, issues }
}

function headingIssues(actor: Actor, fields: FieldDef[], heading: Cell[], columns: Array<FieldDef | undefined>): RowIssue[] {
  const say = (column: string | null, key: string): RowIssue => ({ row: 1, column, message: wordIssue(key, actor.locale) })
  const unknown = heading.flatMap((title, at) => (title !== null && title !== '' && !columns[at] ? [say(String(title), 'unknown_column')] : []))
  const missing = fields.filter(field => field.required && field.default === undefined && !columns.includes(field)).map(field => say(field.label[actor.locale], 'missing_column'))
  const twice = columns.flatMap((field, at) => (field && columns.indexOf(field) < at ? [say(field.label[actor.locale], 'column_twice')] : []))
  return [...unknown, ...missing, ...twice]
}

/** Merged and computed cells: what stands in them is not what one row says. */
function oddRows({ merged, formulas }: Sheet, { locale }: Actor): Map<number, RowIssue[]> {
  const odd = new Map<number, RowIssue[]>()
  for (const [at, key] of [[merged, 'merged_cells'], [formulas, 'formula_cells']] as const) {
    for (const row of at) odd.set(row + 1, [{ row: row + 1, column: null, message: wordIssue(key, locale) }])
  }
  return odd
}

function checkRow(parts: EmbeddedParts, actor: Actor, kind: KindDef, columns: Array<FieldDef | undefined>, cells: Cell[], row: number, lookup: Lookup, seen: Map<string, number>, good: GoodRow[]): RowIssue[] {
  const values = Object.fromEntries(columns.flatMap((field, at) => (field && field.type !== 'member' && field.type !== 'record' ? [[field.key, cellValue(field, cells[at] ?? null)]] : [])))
  for (const [key, value] of Object.entries(values)) {
    if (value === null)
      delete values[key]
  }
  const input: Input = newInput(kind, values, { actorId: actor.id, now: parts.now() })
  const named = columns.flatMap((field, at) => (field && (field.type === 'member' || field.type === 'record') ? [lookup.resolve(field, cells[at] ?? null, input)] : []))
  const found = [...input.issues.filter(({ path }) => !named.some(({ path: ours }) => ours === path)), ...named.flatMap(({ path, message }) => (message ? [{ path, message }] : []))]
  const { existing, issue } = found.length === 0 ? lookup.double(input.stored) : {}
  if (issue)
    found.push(issue)
  if (found.length > 0) {
    return found.map(({ path, message }) => {
      const field = kind.fields.find(({ key }) => `values.${key}` === path)
      return { row, column: field ? titleOf(field, actor.locale) : null, message: wordIssue(message, actor.locale) }
    })
  }
  // Two rows about one record would be written over each other.
  const keys = [doubleKey(kind, input.stored), ...(existing === undefined ? [] : [existing])]
  const before = keys.map(key => seen.get(key)).find(at => at !== undefined)
  if (before !== undefined)
    return [{ row, column: null, message: wordIssue(`same_as_row:${before}`, actor.locale) }]
  for (const key of keys) seen.set(key, row)
  good.push({ row, stored: input.stored, given: Object.keys(values), existing })
  return []
}

/** What two rows may not both say: companies are told apart by name; several people of one may share a phone. */
function doubleKey({ kind }: KindDef, { name, phone, customerId }: Record<string, unknown>): string {
  const key = nameKey(String(name))
  return kind === 'contacts' ? `${String(customerId)} ${key} ${phoneDigits(String(phone ?? ''))}` : key
}
