import type { FieldValue, FormDescription, FormField, FormValues } from './types.ts'
import { countCharacters, fieldsOf, isEmpty, isShown, listOf } from './values.ts'

/** Codes as the server uses them, so that one text serves both. */
export type CheckCode
  = | 'required'
    | 'too_long'
    | 'control_characters'
    | 'number'
    | 'too_small'
    | 'too_big'
    | 'too_many_decimals'
    | 'date_format'
    | 'email_format'
    | 'link_format'
    | 'phone_format'
    | 'too_many'

/** What is wrong with a value, or null. The same rules as the server's, to answer while typing. */
export function checkField(field: FormField, value: FieldValue | undefined): CheckCode | null {
  if (field.writable === false || field.type === 'unsupported' || field.type === 'serial' || field.type === 'divider')
    return null
  if (isEmpty(value) || value === null || value === undefined)
    return field.required ? 'required' : null
  switch (field.type) {
    case 'number':
    case 'amount':
      return checkNumber(field, String(value).trim())
    case 'date':
      return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)) && value >= '1900' ? null : 'date_format'
    case 'datetime':
      return typeof value === 'string' && !Number.isNaN(Date.parse(value)) && value >= '1900' ? null : 'date_format'
    case 'radio':
    case 'select':
    case 'industry':
      // An option that no longer exists stays where it is; chosen anew the server refuses it.
      return null
    case 'checkbox':
    case 'multi-select':
    case 'member':
    case 'department':
    case 'record':
    case 'picture':
      return field.maxItems !== undefined && listOf(value).length > field.maxItems ? 'too_many' : null
    case 'location':
      return typeof value === 'object' && !Array.isArray(value) ? checkText({ ...field, maxLength: field.maxLength ?? 300 }, value.detail) : null
    default:
      return typeof value === 'string' ? (checkText(field, value) ?? checkShape(field, value.trim())) : null
  }
}

/** Everything wrong with a form, by field. */
export function checkForm(form: FormDescription, values: FormValues): Record<string, CheckCode> {
  const found: Record<string, CheckCode> = {}
  for (const field of fieldsOf(form)) {
    const code = isShown(field, values) ? checkField(field, values[field.key]) : null
    if (code)
      found[field.key] = code
  }
  return found
}

function checkText(field: FormField, value: string): CheckCode | null {
  if (field.maxLength !== undefined && countCharacters(value) > field.maxLength)
    return 'too_long'
  const controls = field.type === 'textarea' ? /[^\P{Cc}\n\r\t]/u : /\p{Cc}/u
  return controls.test(value.trim()) ? 'control_characters' : null
}

/** People write extensions, two numbers, and (+86) before them. */
const freePhone = /^[\s()+,\-./;ETX\u8F6C]*\d[\s\d()+,\-./;ETX\u8F6C]*$/i

function checkShape(field: FormField, value: string): CheckCode | null {
  if (field.type === 'email')
    return /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>.]+$/.test(value) ? null : 'email_format'
  if (field.type === 'link')
    return /^(?:https?:\/\/)?[^\s"/:<>][^\s"./:<>]*\.[^\s"<>]+$/i.test(value) ? null : 'link_format'
  if (field.type === 'phone')
    return (field.format === 'mobile' ? /^1\d{10}$/ : freePhone).test(value) ? null : 'phone_format'
  return null
}

/** Amounts may have more digits than a number can hold exactly: decided on the text. */
function checkNumber(field: FormField, text: string): CheckCode | null {
  const [, whole = '', fraction = ''] = /^-?(\d+)(?:\.(\d+))?$/.exec(text) ?? []
  if (whole === '')
    return 'number'
  if (field.decimals !== undefined && fraction.replace(/0+$/, '').length > field.decimals)
    return 'too_many_decimals'
  const value = Number(text)
  if (field.min !== undefined && value < field.min)
    return 'too_small'
  return (field.max !== undefined && value > field.max) || whole.replace(/^0+/, '').length > 18 ? 'too_big' : null
}
