import type { FormSpec } from '#contract/crm/forms.ts'
import type { FormDescription, FormField, FormGroup, FormValues } from './types.ts'

/** The CRM's form as groups: a divider begins one and names it. */
export function describe(spec: FormSpec, adapt: (field: FormField) => FormField | null = field => field): FormDescription {
  const groups: { title: string, fields: FormField[] }[] = []
  for (const field of spec.fields) {
    if (field.type === 'divider') {
      groups.push({ title: field.label, fields: [] })
      continue
    }
    const adapted = adapt(field)
    if (!adapted)
      continue
    if (groups.length === 0)
      groups.push({ title: '', fields: [] })
    groups.at(-1)?.fields.push(adapted)
  }
  return { groups: groups.filter(({ fields }: FormGroup) => fields.length > 0) }
}

/** What a new record starts with. */
export function defaultsOf(spec: FormSpec): FormValues {
  return Object.fromEntries(spec.fields.filter(field => field.default !== undefined && field.type !== 'divider').map(field => [field.key, field.default ?? null]))
}
