import type { FormDescription, FormField, FormValues } from './types.ts'
import { countCharacters, fieldsOf } from './values.ts'

/** Codes as the contract's schemas use them (`server/contract/common.ts`), so that one text serves both. */
export type CheckCode = 'required' | 'too_long' | 'control_characters'

/** What is wrong with a value, or null. The same rules as the server's, to answer while typing. */
export function checkField(field: FormField, value: FormValues[string] | undefined): CheckCode | null {
  const empty = value === null || value === undefined || (typeof value === 'string' && value.trim() === '')
  if (empty)
    return field.required ? 'required' : null
  if (typeof value !== 'string')
    return null
  if (field.max !== undefined && countCharacters(value) > field.max)
    return 'too_long'
  const controls = field.type === 'textarea' ? /[^\P{Cc}\n\r\t]/u : /\p{Cc}/u
  return controls.test(value.trim()) ? 'control_characters' : null
}

/** Everything wrong with a form, by field. */
export function checkForm(form: FormDescription, values: FormValues): Record<string, CheckCode> {
  const found: Record<string, CheckCode> = {}
  for (const field of fieldsOf(form)) {
    const code = checkField(field, values[field.key])
    if (code)
      found[field.key] = code
  }
  return found
}
