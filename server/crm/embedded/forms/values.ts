import type { FieldValue } from '#contract/crm/forms.ts'
import type { FieldDef } from '../kinds/index.ts'
import { propOf } from '../kinds/index.ts'

/** What the API shows of a stored value. */
export function shownValue(field: FieldDef, row: Record<string, unknown>): FieldValue {
  const stored = row[propOf(field)]
  if (field.type === 'serial')
    return typeof stored === 'number' ? serial(stored) : null
  if (stored instanceof Date)
    return stored.toISOString()
  return stored === '' || stored === undefined ? null : (stored as FieldValue)
}

/** The number of an opportunity as people say it. */
export function serial(no: number): string {
  return `SJ${String(no).padStart(6, '0')}`
}

/** Ids in a row's field. */
export function idsIn(field: FieldDef, row: Record<string, unknown>): string[] {
  const stored = row[propOf(field)]
  return Array.isArray(stored) ? (stored as string[]) : typeof stored === 'string' && stored !== '' ? [stored] : []
}
