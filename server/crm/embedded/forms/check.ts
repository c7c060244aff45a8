import type { FieldType, FieldValue } from '#contract/crm/forms.ts'
import type { FieldDef } from '../kinds/index.ts'
import { locationValue } from '#contract/crm/forms.ts'
import { regionNames } from '../../regions/index.ts'
import { readAmount } from './amount.ts'

/** A value that fits its field, as it is stored; or the key of what is wrong with it (server/http/error-texts/issues.ts). */
export type Checked = { value: unknown } | { issue: string }

/** Types that store nothing as empty text. */
const textTypes = new Set<FieldType>(['text', 'textarea', 'phone', 'email', 'link', 'radio', 'select', 'industry', 'serial'])

/** As much of a field as its values are checked by. */
export type Checkable = Pick<FieldDef, 'type' | 'required' | 'multiple' | 'maxLength' | 'maxItems' | 'min' | 'max' | 'decimals' | 'format' | 'regions'> & {
  options?: Array<{ value: string, retired?: boolean | undefined }>
}

type Check = (value: FieldValue, field: Checkable) => Checked

const wrongType: Checked = { issue: 'invalid_type' }

function asText(value: FieldValue, { maxLength = 3000 }: Checkable, { lines }: { lines: boolean }): Checked {
  if (typeof value !== 'string')
    return wrongType
  const trimmed = value.trim()
  if ((lines ? /[^\P{Cc}\n\r\t]/u : /\p{Cc}/u).test(trimmed) || !trimmed.isWellFormed())
    return { issue: 'control_characters' }
  return [...trimmed].length > maxLength ? { issue: `too_long:${maxLength}` } : { value: trimmed }
}

function matching(pattern: RegExp, issue: string): Check {
  return (value, field) => {
    const checked = asText(value, field, { lines: false })
    return 'value' in checked && !pattern.test(checked.value as string) ? { issue } : checked
  }
}

const option: Check = (value, { options = [] }) => {
  if (typeof value !== 'string')
    return wrongType
  return options.some(each => each.value === value && !each.retired) ? { value } : { issue: 'not_an_option' }
}

const severalOptions: Check = (value, field) => several(value, field, each => option(each, field))

function several(value: FieldValue, { maxItems = 200 }: Checkable, check: (each: string) => Checked): Checked {
  if (!Array.isArray(value))
    return wrongType
  if (value.length > maxItems)
    return { issue: `too_many:${maxItems}` }
  const wrong = value.map(check).find(each => 'issue' in each)
  return wrong ?? { value: [...new Set(value)] }
}

const uuid = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i

const id: Check = value => (typeof value !== 'string' ? wrongType : uuid.test(value) ? { value: value.toLowerCase() } : { issue: 'not_found' })

const ids: Check = (value, field) => (field.multiple || field.type === 'picture' ? several(value, field, each => id(each, field)) : id(value, field))

const checks: Partial<Record<FieldType, Check>> = {
  'text': (value, field) => asText(value, field, { lines: false }),
  'textarea': (value, field) => asText(value, field, { lines: true }),
  // Free: people write extensions, two numbers, and (+86) before them.
  'phone': (value, field) => matching(field.format === 'mobile' ? /^1\d{10}$/ : /^[\s()+,\-./;ETX\u8F6C]*\d[\s\d()+,\-./;ETX\u8F6C]*$/i, 'phone_format')(value, field),
  'email': matching(/^[^\s@<>]+@[^\s@<>]+\.[^\s@<>.]+$/, 'email_format'),
  // Only what a browser may open: never javascript:.
  'link': matching(/^(?:https?:\/\/)?[^\s"/:<>][^\s"./:<>]*\.[^\s"<>]+$/i, 'link_format'),
  'radio': option,
  'select': option,
  'industry': option,
  'checkbox': severalOptions,
  'multi-select': severalOptions,
  'member': ids,
  'department': ids,
  'record': ids,
  'picture': ids,
  'number': (value, field) => (typeof value !== 'number' ? wrongType : within(value, field)),
  'amount': (value, field) => readAmount(value, field),
  'date': value => (typeof value !== 'string' ? wrongType : isDay(value) ? inCentury(value, new Date(`${value}T00:00:00Z`)) : { issue: 'date_format' }),
  'datetime': checkMoment,
  'location': checkLocation,
}

function within(value: number, { min = -1e12, max = 1e12, decimals = 6 }: Checkable): Checked {
  if (!Number.isFinite(value))
    return wrongType
  if (value < min)
    return { issue: `too_small:${min}` }
  if (value > max)
    return { issue: `too_big:${max}` }
  return Number(value.toFixed(decimals)) === value ? { value } : { issue: `too_many_decimals:${decimals}` }
}

/** A day that is in the calendar: `Date` alone reads 30 February as 1 March. */
function isDay(value: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value)) && new Date(value).toISOString().startsWith(value)
}

function checkMoment(value: FieldValue): Checked {
  if (typeof value !== 'string')
    return wrongType
  const at = new Date(value)
  const whole = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d)$/.test(value)
  return whole && !Number.isNaN(at.getTime()) && isDay(value.slice(0, 10)) ? inCentury(at, at) : { issue: 'date_format' }
}

/** Nobody has customers before 1900; a year of 0026 is a slip of the finger. */
function inCentury(value: unknown, at: Date): Checked {
  const year = at.getUTCFullYear()
  return year < 1900 ? { issue: 'date_too_early:1900' } : year > 2199 ? { issue: 'date_too_late:2199' } : { value }
}

function checkLocation(value: FieldValue, field: Checkable): Checked {
  const parsed = locationValue.safeParse(value)
  if (!parsed.success)
    return wrongType
  const { code, detail, latitude, longitude, datum } = parsed.data
  if (code !== '' && !/^\d{2,12}$/.test(code))
    return { issue: 'invalid' }
  if (field.regions && code !== '' && !regionNames().has(code))
    return { issue: 'not_an_option' }
  const text = asText(detail, field, { lines: false })
  if ('issue' in text)
    return text
  return text.value === '' && code === '' && latitude === undefined
    ? field.required ? { issue: 'required' } : { value: null }
    : { value: { code, detail: text.value, ...(latitude !== undefined && longitude !== undefined && { latitude, longitude, ...(datum && { datum }) }) } }
}

/**
 * Checks one value against its field, without the database. Null and "" are nothing; whether something is required
 * is decided here as well.
 */
export function checkValue(field: Checkable, value: FieldValue): Checked {
  if (isNothing(value))
    return field.required ? { issue: 'required' } : { value: emptyOf(field) }
  const check = checks[field.type]
  return check ? check(value, field) : { issue: 'unknown_field' }
}

export function isNothing(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === 'string' && value.trim() === '') || (Array.isArray(value) && value.length === 0)
}

/** What is stored for nothing. */
export function emptyOf({ type, multiple }: Checkable): unknown {
  if (multiple || type === 'checkbox' || type === 'multi-select' || type === 'picture')
    return []
  return textTypes.has(type) ? '' : null
}
