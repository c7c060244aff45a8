import type { FormSpec } from '#contract/crm/forms.ts'
import type { About } from '../../../components/crm/kinds.ts'
import type { FormDescription, FormField, FormRefs, FormValues } from '../../../components/record-form/types.ts'
import { dayAt } from '../../../components/dates/local-input.ts'
import { defaultsOf, describe } from '../../../components/record-form/describe.ts'
import { fillAbout } from '../edit/use-about.ts'

export interface Filled {
  values: FormValues
  refs: FormRefs
}

const editable = (field: FormField) => field.writable !== false && field.type !== 'unsupported' && field.type !== 'serial'

/** The first choice of a form is how something was done; the moment in it is when. */
const methodOf = (spec: FormSpec) => spec.fields.find(field => (field.type === 'radio' || field.type === 'select') && field.writable)
const momentOf = (spec: FormSpec) => spec.fields.find(field => field.type === 'datetime' && field.writable)

/** The form of a follow-up: whose it is goes without saying, and targets that cannot be meant are left out. */
export function describeFollowUp(spec: FormSpec, filled: FormValues): FormDescription {
  const targets = spec.fields.filter(field => field.type === 'record')
  const named = targets.filter(field => filled[field.key])
  const about = new Set(named.map(field => field.target?.kind))
  // About whom comes first: it is what the writer makes sure of.
  const fields = [...named, ...spec.fields.filter(field => !named.includes(field))]
  return describe({ ...spec, fields }, (field) => {
    if (!editable(field) || field.key === 'owner')
      return null
    // At a lead nobody writes about a customer, nor the other way round.
    const other = field.type === 'record' && ((about.has('leads') && field.target?.kind !== 'leads') || (about.has('customers') && field.target?.kind === 'leads'))
    return other ? null : field.type === 'datetime' ? { ...field, moments: 'past' } : field
  })
}

/** The next plan in the same form: what it is about is known. */
export function describeNext(spec: FormSpec): FormDescription {
  return describe(spec, field => !editable(field) || field.key === 'owner' || field.type === 'record' ? null : { ...field, moments: 'ahead' })
}

/** A follow-up as it opens: about whom, how and when are filled in already. */
export function startFollowUp(spec: FormSpec, about: About | null, method: string | null): Filled {
  const filled = about ? fillAbout(spec, about) : { values: {}, refs: {} }
  const values: FormValues = { ...defaultsOf(spec), ...filled.values }
  const moment = momentOf(spec)
  if (moment)
    values[moment.key] = new Date().toISOString()
  const way = methodOf(spec)
  if (way && method && way.options?.some(option => option.value === method && !option.retired))
    values[way.key] = method
  return { values, refs: filled.refs }
}

/** The next plan as it opens: tomorrow morning, about the same. */
export function startNext(spec: FormSpec, about: About | null): Filled {
  const filled = about ? fillAbout(spec, about) : { values: {}, refs: {} }
  const moment = momentOf(spec)
  return { values: { ...defaultsOf(spec), ...filled.values, ...(moment && { [moment.key]: dayAt(1, 9) }) }, refs: filled.refs }
}

/** How it was done, to begin the next form with the same. */
export function methodIn(spec: FormSpec, values: FormValues): string | null {
  const way = methodOf(spec)
  const value = way ? values[way.key] : null
  return typeof value === 'string' ? value : null
}

/** The record fields of the follow-up go into its plan, which is about the same. */
export function targetsOf(spec: FormSpec, values: FormValues, plan: FormSpec): FormValues {
  const targets = spec.fields.filter(field => field.type === 'record')
  return Object.fromEntries(targets.filter(field => plan.fields.some(one => one.key === field.key && one.type === 'record')).map(field => [field.key, values[field.key] ?? null]))
}
