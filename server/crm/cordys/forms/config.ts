import { z } from 'zod'

/**
 * Releases differ in how they write what adorns a field (a phone's `format` as text or number, "" or null for nothing):
 * what is odd about one property costs that property, never the whole form.
 */
const text = z.union([z.string(), z.number()]).nullish().catch(null).transform(value => (value === null || value === undefined || value === '' ? null : String(value)))
const flag = z.boolean().nullish().catch(null)
const number = z.number().nullish().catch(null)
const list = <T extends z.ZodType>(item: T) => z.array(item).nullish().catch(null).transform(items => items ?? [])

const option = z.looseObject({ value: z.coerce.string(), label: text.transform(label => label ?? '') })

/** A field of a Cordys form, as far as it is understood (cordys-api §6.2); what is not known is let through. */
export const cordysField = z.looseObject({
  id: z.coerce.string(),
  name: text.transform(name => name ?? ''),
  internalKey: text,
  type: z.string(),
  businessKey: text,
  placeholder: text,
  description: text,
  readable: flag.transform(readable => readable ?? true),
  editable: flag.transform(editable => editable ?? true),
  rules: list(z.looseObject({ key: z.string().nullish() })),
  showControlRules: list(z.looseObject({ value: z.coerce.string().nullish(), fieldIds: list(z.coerce.string()) })),
  resourceFieldId: text,
  options: list(option),
  customOptions: list(option),
  defaultValue: z.unknown().optional(),
  hasCurrentUser: flag,
  hasCurrentUserDept: flag,
  dateType: text,
  dateDefaultType: text,
  format: text,
  locationType: text,
  dataSourceType: text,
  /** What a picker's list is narrowed by; passed on as it is. */
  combineSearch: z.unknown().optional(),
  numberFormat: text,
  decimalPlaces: flag,
  precision: number,
  min: number,
  max: number,
})
export type CordysField = z.output<typeof cordysField>

export const formConfig = z.looseObject({ fields: z.array(cordysField) })
export type FormConfig = z.output<typeof formConfig>

/** What Cordys itself calls a field in lists, filters and maps of names. */
export const cordysKey = ({ businessKey, id }: CordysField): string => businessKey ?? id

/** Business keys that the forms of every CRM call the same here. */
const ours: Record<string, string> = {
  customerId: 'customer',
  contactId: 'contact',
  opportunityId: 'opportunity',
  clueId: 'lead',
  followTime: 'at',
  followMethod: 'method',
}

/** Key of a field in our forms: a word for stock fields, else the id generated for this installation (rule 14). */
export const keyOf = (field: CordysField): string => ours[cordysKey(field)] ?? cordysKey(field)

/** The same for what a validation error names. */
export const ourKey = (name: string): string => ours[name] ?? name

/** Shows what another record says; never sent (cordys-api §6.4). */
export const isReference = ({ resourceFieldId, id }: CordysField): boolean => resourceFieldId !== null || id.includes('_ref_')

export const hasRule = ({ rules }: CordysField, key: 'required' | 'unique'): boolean => rules.some(rule => rule.key === key)
