import type { FieldValues } from '#contract/crm/forms.ts'
import type { FieldIssue } from '#contract/errors.ts'
import type { FieldDef, KindDef, StoredRecord } from '../kinds/index.ts'
import { checkValue, emptyOf, isNothing } from '../forms/check.ts'
import { defaultOf } from '../forms/describe.ts'
import { fieldOf, propOf } from '../kinds/index.ts'

export interface Input {
  /** Stored values by property. */
  stored: Record<string, unknown>
  /** The fields they are of. */
  fields: FieldDef[]
  issues: FieldIssue[]
}

interface Given {
  actorId: string
  now: Date
  /** Where the values stand in the request: `values`, `next.values`. */
  path?: string
}

/** Values of a new record, defaults filled in; pure, all issues together. */
export function newInput(kind: KindDef, values: FieldValues, given: Given): Input {
  const known = readInput(kind, values, given)
  for (const field of kind.fields) {
    if (field.type === 'divider' || field.readonly || Object.hasOwn(values, field.key))
      continue
    const value = defaultOf(field, given) ?? null
    const checked = checkValue(field, value)
    if ('issue' in checked)
      known.issues.push({ path: `${given.path ?? 'values'}.${field.key}`, message: checked.issue })
    else known.stored[propOf(field)] = isNothing(value) ? emptyOf(field) : checked.value
    known.fields.push(field)
  }
  return known
}

/**
 * The named values of a record that is there already. A value that is sent back as it was is taken even where it
 * would not be now: an option that was retired, an owner who left.
 */
export function changedInput(kind: KindDef, values: FieldValues, current: StoredRecord, given: Given): Input {
  const input = readInput(kind, values, given, current)
  input.fields = input.fields.filter((field) => {
    const same = isSame(input.stored[propOf(field)], current[propOf(field)])
    if (same)
      delete input.stored[propOf(field)]
    return !same
  })
  return input
}

function readInput(kind: KindDef, values: FieldValues, { path = 'values' }: Given, current?: StoredRecord): Input {
  const input: Input = { stored: {}, fields: [], issues: [] }
  for (const [key, value] of Object.entries(values)) {
    const field = fieldOf(kind, key)
    const at = `${path}.${key}`
    if (!field || field.type === 'divider') {
      input.issues.push({ path: at, message: 'unknown_field' })
      continue
    }
    const before = current?.[propOf(field)]
    // What steps of their own set travels back and forth unchanged with the form.
    if (field.readonly)
      continue
    if (current && typeof value === 'string' && value === before)
      continue
    const checked = checkValue(field, value)
    if ('issue' in checked) {
      input.issues.push({ path: at, message: checked.issue })
      continue
    }
    input.stored[propOf(field)] = checked.value
    input.fields.push(field)
  }
  return input
}

function isSame(a: unknown, b: unknown): boolean {
  if (a instanceof Date && b instanceof Date)
    return a.getTime() === b.getTime()
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null)
}
