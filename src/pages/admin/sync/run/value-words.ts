import type { SyncChange } from '#contract/sync/index.ts'
import { currentLocale, listWords, t, textFor } from '../../../../locales/index.ts'

type Values = NonNullable<SyncChange['before']>
type Value = Values[string]

export interface FieldSides {
  key: string
  label: string
  before: string
  after: string
}

/** Book-keeping of the sync that tells a reader nothing the other fields do not. */
const hidden: readonly string[] = ['disabledBy', 'disabledAt', 'missingSince', 'missingRuns', 'source', 'members', 'mains']

/** The fields in which both sides of a change differ, in words. */
export function fieldSides({ before, after, target }: Pick<SyncChange, 'before' | 'after' | 'target'>): FieldSides[] {
  const keys = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].filter(key => !hidden.includes(key))
  return (
    keys
      .map(key => ({ key, label: labelOf(key, target.type), before: valueWords(key, before?.[key]), after: valueWords(key, after?.[key]) }))
      .filter(sides => sides.before !== sides.after)
      // Of what is new or goes away, the name stands above already, and the unionid says nothing more than the userid.
      .filter(sides => (sides.key !== 'name' && sides.key !== 'unionid') || (before !== null && after !== null))
  )
}

function labelOf(key: string, type: SyncChange['target']['type']): string {
  return textFor(`admin.sync.fields.${key === 'name' && type === 'department' ? 'departmentName' : key}`) ?? key
}

/** A value as people read it; empty for none. */
export function valueWords(key: string, value: Value | undefined): string {
  if (value === null || value === undefined || value === '')
    return ''
  if (Array.isArray(value))
    return listWords(value)
  if (typeof value === 'boolean')
    return t(value ? 'admin.sync.run.yes' : 'admin.sync.run.no')
  if (typeof value === 'string' && ['status', 'role', 'state'].includes(key))
    return textFor(`admin.sync.values.${value}`) ?? value
  if (key === 'hiredAt') {
    return new Intl.DateTimeFormat(currentLocale(), { year: 'numeric', month: 'short', day: 'numeric', timeZone: 'Asia/Shanghai' }).format(
      new Date(value),
    )
  }
  return String(value)
}
