import type { FieldSpec, FieldValues } from '#contract/crm/forms.ts'
import type { FieldIssue } from '#contract/errors.ts'
import type { CordysField } from '../forms/config.ts'
import type { Work } from '../parts.ts'
import type { RawDetail } from './raw.ts'
import { invalid } from '../../../http/app-error.ts'
import { keyOf } from '../forms/config.ts'
import { describeForm } from '../forms/describe.ts'
import { readValue } from '../forms/read-value.ts'
import { isNothing, writeValue } from '../forms/write-value.ts'
import { storedValue } from './raw.ts'

/** A field whose value is set anew; undefined is nothing. */
export interface Change { field: CordysField, spec: FieldSpec, value: unknown }

const pathOf = (key: string) => `values.${key}`

/** What people sent, checked against the form, all issues together. Unchanged values pass whatever they are. */
export function readInput(work: Work, values: FieldValues, current?: RawDetail): Change[] {
  const specs = describeForm(work.kind, work.config, work.user).fields
  const fields = new Map(work.config.fields.map(field => [keyOf(field), field]))
  const issues: FieldIssue[] = []
  const changes: Change[] = []
  const given: FieldValues = current ? values : { ...defaults(specs), ...values }

  for (const [key, value] of Object.entries(given)) {
    const field = fields.get(key)
    const spec = specs.find(each => each.key === key)
    if (!field || !spec || spec.type === 'divider') {
      issues.push({ path: pathOf(key), message: 'unknown_field' })
      continue
    }
    const isSame = current && JSON.stringify(readValue(field, storedValue(field, current))) === JSON.stringify(value)
    // What nobody may write travels back and forth with the form.
    if (isSame || ['unsupported', 'serial'].includes(spec.type))
      continue
    if (!spec.writable) {
      issues.push({ path: pathOf(key), message: 'invalid' })
      continue
    }
    const written = writeValue(field, spec, value)
    if ('issue' in written)
      issues.push({ path: pathOf(key), message: written.issue })
    else changes.push({ field, spec, value: written.value })
  }

  issues.push(...missing(specs, given, changes, current === undefined))
  if (issues.length > 0)
    throw invalid(issues)
  return changes
}

function defaults(specs: FieldSpec[]): FieldValues {
  return Object.fromEntries(specs.flatMap(({ key, default: value, writable }) => (writable && value !== undefined ? [[key, value]] : [])))
}

/** Cordys does not enforce `required` (rule 11); hidden fields need nothing. */
function missing(specs: FieldSpec[], given: FieldValues, changes: Change[], isNew: boolean): FieldIssue[] {
  const changed = new Map(changes.map(({ spec, value }) => [spec.key, value]))
  return specs
    .filter(spec => spec.required && spec.writable && (isNew ? isShown(spec, given) : changed.has(spec.key)))
    .filter(({ key }) => isNothing(isNew ? given[key] : changed.get(key)))
    .map(({ key }) => ({ path: pathOf(key), message: 'required' }))
}

function isShown({ shownWhen }: FieldSpec, given: FieldValues): boolean {
  return !shownWhen || shownWhen.some(({ field, values }) => {
    const value = given[field]
    return Array.isArray(value) ? value.some(each => values.includes(each)) : values.includes(String(value))
  })
}
