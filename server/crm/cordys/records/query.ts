import type { FieldValue } from '#contract/crm/forms.ts'
import type { RecordFilter } from '#contract/crm/records.ts'
import type { FormConfig } from '../forms/config.ts'
import type { Kind } from '../kinds/index.ts'
import type { Profile } from '../session/user.ts'
import { invalid } from '../../../http/app-error.ts'
import { dayMs, startOfDay } from '../days.ts'
import { cordysKey, keyOf, ourKey } from '../forms/config.ts'
import { describeForm } from '../forms/describe.ts'
import { isMultiple, typeOf } from '../forms/types.ts'

/** A condition of Cordys's lists (cordys-api §1.6). */
export interface Condition {
  name: string
  value?: unknown
  operator: string
  multipleValue: boolean
  type: string
}

/** Our words for orders every kind has, in Cordys's names. */
const orders: Record<string, string> = { updated: 'updateTime', created: 'createTime', followed: 'followTime', name: 'name' }

/** @throws {AppError} validation_failed for a field that cannot be sorted by */
export function sortOf({ sortable, kind }: Kind, sort: string | undefined): { name: string, type: 'asc' | 'desc' } {
  const down = sort?.startsWith('-') ?? true
  const wanted = sort?.replace(/^-/, '')
  const normal = { name: kind === 'follow-ups' ? 'followTime' : 'updateTime', type: 'desc' as const }
  // Cordys does not know of a record's next step.
  if (wanted === undefined || wanted === 'next')
    return normal
  const name = orders[wanted] ?? sortable.find(key => ourKey(key) === wanted)
  if (name === undefined)
    throw invalid([{ path: 'sort', message: 'not_an_option' }])
  return { name, type: down ? 'desc' : 'asc' }
}

/** @throws {AppError} validation_failed for fields and questions the form does not offer */
export function conditionsOf(kind: Kind, config: FormConfig, filters: RecordFilter[], user: Profile): Condition[] {
  const specs = describeForm(kind, config, user).fields
  return filters.flatMap(({ field: key, op, value }, index): Condition | Condition[] => {
    const field = config.fields.find(each => keyOf(each) === key)
    const spec = specs.find(each => each.key === key)
    const path = `filters.${index}`
    if (!field || !spec)
      throw invalid([{ path: `${path}.field`, message: 'not_an_option' }])
    if (!spec.filters.includes(op))
      throw invalid([{ path: `${path}.op`, message: 'not_an_option' }])
    const type = typeOf(field)
    const asked = { name: cordysKey(field), multipleValue: isMultiple(field), type: field.type }
    const at = (given: FieldValue | undefined, end: boolean) => bound(type, given, end, `${path}.value`)
    const list = (Array.isArray(value) ? value : [value]).filter(item => item !== null && item !== undefined && item !== '') as FieldValue[]
    if (op !== 'empty' && op !== 'not_empty' && list.length === 0)
      throw invalid([{ path: `${path}.value`, message: 'required' }])
    switch (op) {
      case 'empty':
      case 'not_empty':
        return { ...asked, operator: op === 'empty' ? 'EMPTY' : 'NOT_EMPTY' }
      case 'contains':
        return { ...asked, operator: 'CONTAINS', value: String(list[0]) }
      case 'any_of':
        return { ...asked, operator: 'IN', value: list.map(String) }
      case 'is':
        return spec.options || ['member', 'department', 'record'].includes(type) ? { ...asked, operator: 'IN', value: [String(list[0])] } : { ...asked, operator: 'EQUALS', value: list[0] }
      case 'is_not':
        return { ...asked, operator: 'NOT_IN', value: [String(list[0])] }
      case 'at_least':
        return { ...asked, operator: 'GE', value: at(list[0], false) }
      case 'at_most':
        return { ...asked, operator: 'LE', value: at(list[0], true) }
      default: {
        if (list.length !== 2)
          throw invalid([{ path: `${path}.value`, message: 'invalid' }])
        const [from, to] = [at(list[0], false), at(list[1], true)]
        return field.type === 'DATE_TIME'
          ? { ...asked, operator: 'BETWEEN', value: [from, to] }
          : [{ ...asked, operator: 'GE', value: from }, { ...asked, operator: 'LE', value: to }]
      }
    }
  })
}

/** A bound as Cordys compares it: milliseconds for dates, a day's end where the day is included. */
function bound(type: ReturnType<typeof typeOf>, value: FieldValue | undefined, end: boolean, path: string): number {
  const asDay = typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)
  const at = type === 'date' || type === 'datetime'
    ? asDay ? startOfDay(value) + (end ? dayMs - 1 : 0) : typeof value === 'string' ? Date.parse(value) : Number.NaN
    : Number(value)
  if (!Number.isFinite(at))
    throw invalid([{ path, message: 'invalid' }])
  return at
}
