import type { FieldSpec, FieldValue } from '#contract/crm/forms.ts'
import type { CordysField } from './config.ts'
import { locationValue } from '#contract/crm/forms.ts'
import { checkValue, isNothing } from '../../embedded/forms/check.ts'
import { startOfDay } from '../days.ts'
import { typeOf } from './types.ts'

export { isNothing }

/** A value as Cordys stores it, undefined for nothing; or the key of what is wrong with it (server/http/error-texts/issues.ts). */
export type Written = { value: unknown } | { issue: string }

const wrongType: Written = { issue: 'invalid_type' }

/**
 * Checks a value against its field and turns it into Cordys's shape (cordys-api §6.3). Cordys itself checks less:
 * it takes any phone number, and ignores `required` (rule 11).
 */
export function writeValue(field: CordysField, spec: FieldSpec, value: FieldValue): Written {
  if (isNothing(value))
    return { value: undefined }
  switch (typeOf(field)) {
    case 'member':
    case 'department':
    case 'record':
      return ids(spec, value)
    case 'location':
      return location(value)
    case 'phone':
      // Cordys's own form strips blanks (§6.6).
      return checkValue(spec, typeof value === 'string' ? value.replace(/\s/g, '') : value)
    case 'amount':
      return amount(checkValue(spec, value))
    case 'date':
      return moment(checkValue(spec, value), day => startOfDay(String(day)))
    case 'datetime':
      return moment(checkValue(spec, value), at => (at instanceof Date ? at.getTime() : Date.parse(String(at))))
    default:
      return checkValue(spec, value)
  }
}

const isId = (value: unknown): value is string => typeof value === 'string' && /^[\w-]{1,64}$/.test(value)

function ids({ multiple }: FieldSpec, value: FieldValue): Written {
  if (multiple)
    return Array.isArray(value) && value.length <= 200 && value.every(isId) ? { value: [...new Set(value)] } : wrongType
  return isId(value) ? { value } : wrongType
}

/** Kept as one text: the code, a dash, the rest of the address. */
function location(value: FieldValue): Written {
  const parsed = locationValue.safeParse(value)
  if (!parsed.success)
    return wrongType
  const { code } = parsed.data
  const detail = parsed.data.detail.trim()
  if (/\p{Cc}/u.test(detail) || !detail.isWellFormed() || code.includes('-'))
    return { issue: 'control_characters' }
  return code === '' && detail === '' ? { value: undefined } : { value: detail ? `${code}-${detail}` : code }
}

/** Cordys takes amounts as JSON numbers; fifteen digits pass through one exactly. */
function amount(checked: Written): Written {
  return 'issue' in checked ? checked : { value: Number(checked.value) }
}

/** Cordys reads a small number as an Integer and refuses it (§6.3): the days around New Year 1970. */
function moment(checked: Written, milliseconds: (value: unknown) => number): Written {
  if ('issue' in checked)
    return checked
  const at = milliseconds(checked.value)
  return Math.abs(at) < 2 ** 31 ? { issue: 'invalid' } : { value: at }
}
