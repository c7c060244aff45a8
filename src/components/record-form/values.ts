import type { FieldValue, FormDescription, FormField, FormValues } from './types.ts'

/** All fields of a form in reading order. */
export function fieldsOf(form: FormDescription): FormField[] {
  return form.groups.flatMap(group => group.fields)
}

/** Nothing was filled in: no value, only space, an empty choice, a place without any words. */
export function isEmpty(value: FieldValue | undefined): boolean {
  return comparable(value) === null
}

/** The same to the reader: texts without regard to the space around them, choices without regard to their order. */
export function sameValue(a: FieldValue | undefined, b: FieldValue | undefined): boolean {
  return comparable(a) === comparable(b)
}

/** The fields whose value differs from the base, with their new value. */
export function changedValues(base: FormValues, values: FormValues): FormValues {
  return Object.fromEntries(Object.entries(values).filter(([key, value]) => !sameValue(base[key], value)))
}

/** Characters as people and the server count them: an emoji is one, surrounding space is none. */
export function countCharacters(text: string): number {
  return [...text.trim()].length
}

/** A value as it is sent: texts trimmed, everything empty as null. */
export function cleanValue(value: FieldValue | undefined): FieldValue {
  if (value === undefined || isEmpty(value))
    return null
  return typeof value === 'string' ? value.trim() : value
}

/** The choices of a value that is one or several. */
export function listOf(value: FieldValue | undefined): string[] {
  if (Array.isArray(value))
    return value
  return typeof value === 'string' && value !== '' ? [value] : []
}

/**
 * Whether a field is to be filled in: its conditions ask for a choice elsewhere, and one is enough
 * (Cordys' show rules, cordys-api §6.2).
 */
export function isShown(field: FormField, values: FormValues): boolean {
  const conditions = field.shownWhen ?? []
  return conditions.length === 0 || conditions.some(({ field: other, values: wanted }) => listOf(values[other]).some(value => wanted.includes(value)))
}

function comparable(value: FieldValue | undefined): string | null {
  if (value === null || value === undefined)
    return null
  if (typeof value === 'string')
    return value.trim() || null
  if (Array.isArray(value))
    return value.length > 0 ? JSON.stringify([...value].sort()) : null
  if (typeof value === 'object') {
    const { code, detail, latitude, longitude } = value
    return code || detail.trim() || latitude !== undefined ? JSON.stringify([code, detail.trim(), latitude, longitude]) : null
  }
  return JSON.stringify(value)
}
