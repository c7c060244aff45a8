import type { FieldSpec, FieldValue } from '#contract/crm/forms.ts'
import type { CordysField } from './config.ts'
import { locationValue } from '#contract/crm/forms.ts'
import { dayOf, startOfDay } from '../days.ts'
import { typeOf } from './types.ts'

/** A value as Cordys stores it, undefined for nothing; or the key of what is wrong with it (server/http/error-texts/issues.ts). */
export type Written = { value: unknown } | { issue: string }

const wrongType: Written = { issue: 'invalid_type' }

export function isNothing(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === 'string' && value.trim() === '') || (Array.isArray(value) && value.length === 0)
}

/**
 * Checks a value against its field and turns it into Cordys's shape (cordys-api §6.3). Cordys itself checks less:
 * it takes any phone number, and ignores `required` (rule 11).
 */
export function writeValue(field: CordysField, spec: FieldSpec, value: FieldValue): Written {
  if (isNothing(value))
    return { value: undefined }
  switch (typeOf(field)) {
    case 'number':
      return typeof value === 'number' ? withinLimits(value, spec) : wrongType
    case 'amount':
      return amount(value, spec)
    case 'date':
      return typeof value === 'string' && isDay(value) ? storedMoment(startOfDay(value)) : { issue: 'date_format' }
    case 'datetime':
      return typeof value === 'string' && isMoment(value) ? storedMoment(Date.parse(value)) : { issue: 'date_format' }
    case 'radio':
    case 'select':
      return typeof value !== 'string' ? wrongType : options(spec, [value], value)
    case 'checkbox':
    case 'multi-select':
      return Array.isArray(value) ? options(spec, value, [...new Set(value)]) : wrongType
    case 'member':
    case 'department':
    case 'record':
      return ids(spec, value)
    case 'location':
      return location(value)
    case 'phone':
      return typeof value !== 'string' ? wrongType : phone(spec, value)
    case 'text':
    case 'textarea':
    case 'link':
      return typeof value !== 'string' ? wrongType : text(spec, value, typeOf(field) === 'textarea')
    default:
      return { issue: 'unknown_field' }
  }
}

function text({ maxLength = 3000 }: FieldSpec, value: string, lines: boolean): Written {
  const trimmed = value.trim()
  if ((lines ? /[^\P{Cc}\n\r\t]/u : /\p{Cc}/u).test(trimmed) || !trimmed.isWellFormed())
    return { issue: 'control_characters' }
  return [...trimmed].length > maxLength ? { issue: `too_long:${maxLength}` } : { value: trimmed }
}

/** Cordys's own form strips blanks (cordys-api §6.6). */
function phone(spec: FieldSpec, value: string): Written {
  const stripped = value.replace(/\s/g, '')
  const isPhone = spec.format === 'mobile' ? /^1\d{10}$/.test(stripped) : /^[()+,\-./;ETX\u8F6C]*\d[\d()+,\-./;ETX\u8F6C]*$/i.test(stripped)
  return isPhone ? text(spec, stripped, false) : { issue: 'phone_format' }
}

function options({ options = [] }: FieldSpec, chosen: string[], value: unknown): Written {
  return chosen.every(each => options.some(option => option.value === each)) ? { value } : { issue: 'not_an_option' }
}

const isId = (value: unknown): value is string => typeof value === 'string' && /^[\w-]{1,64}$/.test(value)

function ids({ multiple }: FieldSpec, value: FieldValue): Written {
  if (multiple)
    return Array.isArray(value) && value.length <= 200 && value.every(isId) ? { value: [...new Set(value)] } : wrongType
  return isId(value) ? { value } : wrongType
}

function location(value: FieldValue): Written {
  const parsed = locationValue.safeParse(value)
  if (!parsed.success)
    return wrongType
  const { code, detail } = parsed.data
  if (/\p{Cc}/u.test(detail) || !detail.isWellFormed() || code.includes('-'))
    return { issue: 'control_characters' }
  return code === '' && detail.trim() === '' ? { value: undefined } : { value: detail.trim() ? `${code}-${detail.trim()}` : code }
}

function withinLimits(value: number, { min = -1e12, max = 1e12, decimals = 6 }: FieldSpec): Written {
  if (!Number.isFinite(value))
    return wrongType
  if (value < min)
    return { issue: `too_small:${min}` }
  if (value > max)
    return { issue: `too_big:${max}` }
  return Number(value.toFixed(Math.min(decimals, 10))) === value ? { value } : { issue: `too_many_decimals:${decimals}` }
}

/** Cordys takes amounts as JSON numbers; fifteen digits pass through one exactly. */
function amount(value: FieldValue, spec: FieldSpec): Written {
  const given = typeof value === 'number' ? String(value) : value
  if (typeof given !== 'string')
    return wrongType
  const plain = given.trim().replaceAll(/[,，\s]/g, '')
  if (!/^[+-]?\d+(?:\.\d+)?$/.test(plain))
    return { issue: 'amount_format' }
  return plain.replace(/\D/g, '').length > 15 ? { issue: `too_big:${spec.max ?? 1e12}` } : withinLimits(Number(plain), spec)
}

/** A day that is in the calendar: `Date` alone reads 30 February as 1 March. */
function isDay(value: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value)) && new Date(value).toISOString().startsWith(value)
}

function isMoment(value: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d)$/.test(value) && isDay(value.slice(0, 10)) && !Number.isNaN(Date.parse(value))
}

/** Cordys reads a small number as an Integer and refuses it (cordys-api §6.3): the days around New Year 1970. */
function storedMoment(at: number): Written {
  const year = Number(dayOf(at).slice(0, 4))
  if (year < 1900 || year > 2199 || Number.isNaN(year))
    return { issue: year > 2199 ? 'date_too_late:2199' : 'date_too_early:1900' }
  return Math.abs(at) < 2 ** 31 ? { issue: 'invalid' } : { value: at }
}
