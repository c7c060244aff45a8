import type { FieldValue } from '#contract/crm/forms.ts'
import type { Locale } from '../../../http/locale.ts'
import type { FieldDef, KindDef, StoredRecord } from '../kinds/index.ts'
import type { Names } from '../records/present.ts'
import type { Cell } from './sheets.ts'
import { regionPath } from '../../regions/index.ts'
import { readRegion } from '../../regions/read.ts'
import { dayIn } from '../days.ts'
import { shownValue } from '../forms/values.ts'
import { propOf } from '../kinds/index.ts'

const unwritten = new Set<FieldDef['type']>(['divider', 'picture', 'serial'])

/** Fields that stand in files: what can be typed into a cell. */
export function fileFields(kind: KindDef, purpose: 'import' | 'export'): FieldDef[] {
  return kind.fields.filter(({ type, readonly }) => !unwritten.has(type) && (purpose === 'export' || !readonly))
}

/** The title of a column; required ones are marked, and read with or without the mark. */
export function titleOf({ label, required }: FieldDef, locale: Locale): string {
  return required ? `${label[locale]}*` : label[locale]
}

/** The field a title names, in either language or by its key. */
export function fieldByTitle(fields: FieldDef[], title: string): FieldDef | undefined {
  const bare = title.trim().replace(/\s*[*＊]$/, '').toLowerCase()
  return fields.find(({ key, label }) => [key, label['zh-CN'], label['en-US']].some(name => name.toLowerCase() === bare))
}

/** What a cell means as a value of its field; names of people and records stay names here. */
export function cellValue({ type, options, regions }: FieldDef, cell: Cell): FieldValue {
  if (cell === null || cell === '')
    return null
  if (cell instanceof Date)
    // Excel's dates have no time zone; what is read as UTC is what was typed.
    return type === 'datetime' ? cell.toISOString() : cell.toISOString().slice(0, 10)
  const text = String(cell).trim()
  switch (type) {
    case 'select':
    case 'radio':
    case 'industry':
      return options?.find(({ value, label }) => [value, label['zh-CN'], label['en-US']].some(name => name.toLowerCase() === text.toLowerCase()))?.value ?? text
    case 'number':
      return typeof cell === 'number' ? cell : Number.isNaN(Number(text)) ? text : Number(text)
    case 'date':
      return text.replace(/^(\d{4})[/.年](\d{1,2})[/.月](\d{1,2})日?$/, (_, year: string, month: string, day: string) => `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`)
    case 'location':
      return regions ? readRegion(text) : { code: '', detail: text }
    default:
      return text
  }
}

/** A stored value as a cell. */
export function shownCell(field: FieldDef, row: StoredRecord, names: Names, locale: Locale): Cell {
  const value = shownValue(field, row)
  switch (field.type) {
    case 'member':
      return names.people.get(String(row[propOf(field)]))?.name ?? ''
    case 'record':
      return names.records.get(field.target!.kind)?.get(String(row[propOf(field)]))?.name ?? ''
    case 'datetime':
      return typeof value === 'string' ? `${dayIn(new Date(value))} ${new Date(Date.parse(value) + 8 * 3_600_000).toISOString().slice(11, 16)}` : null
    case 'location':
      return typeof value === 'object' && value !== null && 'detail' in value ? [regionPath(value.code), value.detail].filter(Boolean).join(' ') : null
    case 'number':
    case 'amount':
      return value === null ? null : Number(value)
    default:
      return typeof value === 'string' ? (field.options?.find(option => option.value === value)?.label[locale] ?? value) : null
  }
}
