import { z } from 'zod'

const text = z.string().nullish().transform(value => value ?? null)
const list = <T extends z.ZodType>(item: T) => z.array(item).nullish().transform(items => items ?? [])

const option = z.looseObject({ value: z.coerce.string(), label: z.string().nullish().transform(label => label ?? '') })

/** A field of a Cordys form, as far as it is understood (cordys-api §6.2); what is not known is let through. */
export const cordysField = z.looseObject({
  id: z.coerce.string(),
  name: z.string().nullish().transform(name => name ?? ''),
  internalKey: text,
  type: z.string(),
  businessKey: text,
  mobile: z.boolean().nullish(),
  placeholder: text,
  description: text,
  readable: z.boolean().nullish().transform(readable => readable ?? true),
  editable: z.boolean().nullish().transform(editable => editable ?? true),
  rules: list(z.looseObject({ key: z.string().nullish() })),
  showControlRules: list(z.looseObject({ value: z.coerce.string().nullish(), fieldIds: list(z.coerce.string()) })),
  resourceFieldId: text,
  options: list(option),
  customOptions: list(option),
  defaultValue: z.unknown().optional(),
  hasCurrentUser: z.boolean().nullish(),
  dateType: text,
  dateDefaultType: text,
  format: text,
  locationType: text,
  dataSourceType: text,
  numberFormat: text,
  decimalPlaces: z.boolean().nullish(),
  precision: z.number().nullish(),
  min: z.number().nullish(),
  max: z.number().nullish(),
})
export type CordysField = z.output<typeof cordysField>

export const formConfig = z.looseObject({ fields: list(cordysField) })
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
