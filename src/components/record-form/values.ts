import type { FieldValue, FormDescription, FormField, FormValues } from './types.ts'

/** All fields of a form in reading order. */
export function fieldsOf(form: FormDescription): FormField[] {
  return form.groups.flatMap(group => group.fields)
}

/** The same to the reader: texts without regard to the space around them, accounts by id. */
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

function comparable(value: FieldValue | undefined): string | null {
  if (value === null || value === undefined)
    return null
  return typeof value === 'string' ? value.trim() : value.id
}
