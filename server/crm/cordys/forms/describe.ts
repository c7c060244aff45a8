import type { FieldSpec, FilterOperator, FormSpec } from '#contract/crm/forms.ts'
import type { Kind } from '../kinds/kind.ts'
import type { Profile } from '../session/user.ts'
import type { CordysField, FormConfig } from './config.ts'
import { createHash } from 'node:crypto'
import { cordysKey, hasRule, isReference, keyOf } from './config.ts'
import { readValue } from './read-value.ts'
import { isMultiple, locationDepths, targetOf, typeOf } from './types.ts'

/** Limits the server has for business keys; for everything else the column's (cordys-api §5). */
const lengths: Record<string, number> = { name: 255, content: 3000, phone: 30, contact: 255 }

/**
 * Cordys's form config as ours (cordys-api §6). Fields that may not be read are left out; fields of the kind's own
 * fixed keys are, too. Also fields that Cordys's phone page hides (`mobile: false`) are shown: we are also its desktop.
 */
export function describeForm(kind: Kind, { fields }: FormConfig, reader: Profile): FormSpec {
  const shown = fields.filter(field => field.readable && !(cordysKey(field) in kind.fixed) && shownWhen(kind, field, fields) !== 'never')
  return {
    kind: kind.kind,
    revision: createHash('sha256').update(JSON.stringify(fields)).digest('hex').slice(0, 16),
    fields: shown.map(field => describeField(kind, field, fields, reader)),
    asked: [],
  }
}

const optionsOf = ({ options, customOptions }: CordysField) => (options.length > 0 ? options : customOptions).map(({ value, label }) => ({ value, label }))

const locationDepthOf = ({ locationType }: CordysField) => locationDepths[(locationType ?? 'detail') as keyof typeof locationDepths]

function describeField(kind: Kind, field: CordysField, all: CordysField[], reader: Profile): FieldSpec {
  const type = typeOf(field)
  const key = keyOf(field)
  const target = targetOf(field)
  const value = defaultOf(field, reader)
  const conditions = shownWhen(kind, field, all)
  return {
    key,
    type,
    label: field.name,
    ...(field.placeholder && { placeholder: field.placeholder }),
    ...(field.description && { hint: field.description }),
    required: hasRule(field, 'required'),
    unique: hasRule(field, 'unique'),
    writable: field.editable && !['serial', 'divider', 'unsupported'].includes(type),
    ...(value !== undefined && { default: value }),
    ...(maxLengthOf(field) && { maxLength: maxLengthOf(field) }),
    ...((type === 'number' || type === 'amount') && numberLimits(field)),
    ...(['member', 'department', 'record'].includes(type) && { multiple: isMultiple(field) }),
    ...(field.options.length + field.customOptions.length > 0 && type !== 'unsupported' && { options: optionsOf(field) }),
    ...(type === 'record' && target && { target: { kind: target, ...(target === 'contacts' && kind.kind !== 'contacts' && { within: 'customer' }) } }),
    ...(type === 'phone' && { format: field.format === '11' ? ('mobile' as const) : ('free' as const) }),
    ...(type === 'number' && field.numberFormat === 'percent' && { format: 'percent' as const }),
    // A code that the table of regions does not know is shown and kept as it is.
    ...(type === 'location' && { format: locationDepthOf(field), regions: true }),
    ...(Array.isArray(conditions) && { shownWhen: conditions }),
    listed: isListed(kind, field),
    filters: filtersOf(field),
    sortable: field.businessKey !== null && kind.sortable.includes(field.businessKey),
    ...(type === 'unsupported' && { rawType: isReference(field) ? 'REFERENCE' : field.type }),
  }
}

/** What Cordys's own list of a kind would show in a phone's row: few stock fields, and the first telephone number. */
function isListed({ listed }: Kind, field: CordysField): boolean {
  return listed.includes(field.internalKey ?? '') || (field.type === 'PHONE' && field.businessKey === null)
}

function maxLengthOf({ type, businessKey }: CordysField): number | undefined {
  if (businessKey !== null && lengths[businessKey] !== undefined)
    return lengths[businessKey]
  return type === 'INPUT' || type === 'LINK' ? 255 : type === 'TEXTAREA' ? 3000 : type === 'PHONE' ? 255 : undefined
}

/** A number's limits; the front ends clamp at a billion (cordys-api §6.6). */
function numberLimits({ min, max, precision, decimalPlaces }: CordysField) {
  return { ...(typeof min === 'number' && { min }), max: max ?? 1e9, decimals: decimalPlaces ? (precision ?? 2) : 0 }
}

/** What somebody makes is theirs and happens now, also where the stock form leaves owner and time open. */
const ownKeys = new Set(['owner', 'followTime'])

function defaultOf(field: CordysField, { id, departmentId }: Profile): FieldSpec['default'] | undefined {
  const type = typeOf(field)
  const isOwn = ownKeys.has(field.businessKey ?? '')
  if (type === 'unsupported' || type === 'serial' || type === 'divider')
    return undefined
  if (type === 'member' && (field.hasCurrentUser || isOwn))
    return isMultiple(field) ? [id] : id
  if (type === 'department' && field.hasCurrentUserDept && departmentId)
    return isMultiple(field) ? [departmentId] : departmentId
  if (field.type === 'DATE_TIME' && (field.dateDefaultType === 'current' || isOwn))
    return readValue(field, Date.now())
  const value = readValue(field, field.defaultValue)
  return value === null || value === '' || (Array.isArray(value) && value.length === 0) ? undefined : value
}

/**
 * A field listed in some show rules is visible when any controlling field has the rule's value (cordys-api §6.6).
 * Controllers that are fixed here decide at once: what belongs to leads alone is never in a customer's follow-up.
 */
function shownWhen({ fixed }: Kind, { id }: CordysField, all: CordysField[]): NonNullable<FieldSpec['shownWhen']> | 'always' | 'never' {
  const rules = all.flatMap((controller) => {
    const values = controller.showControlRules.filter(({ fieldIds }) => fieldIds.includes(id)).flatMap(({ value }) => value ?? [])
    return values.length > 0 ? [{ controller, values }] : []
  })
  const open = rules.filter(({ controller }) => !(cordysKey(controller) in fixed))
  if (rules.length === 0 || rules.some(({ controller, values }) => values.includes(fixed[cordysKey(controller)] ?? '')))
    return 'always'
  return open.length > 0 ? open.map(({ controller, values }) => ({ field: keyOf(controller), values })) : 'never'
}

/** What Cordys's own pages offer to ask of a field (cordys-api §1.6). */
function filtersOf(field: CordysField): FilterOperator[] {
  switch (typeOf(field)) {
    case 'text':
    case 'textarea':
    case 'phone':
    case 'link':
    case 'serial':
      return ['contains', 'is', 'empty', 'not_empty']
    case 'number':
    case 'amount':
      return ['at_least', 'at_most', 'between', 'empty']
    case 'radio':
    case 'select':
    case 'member':
    case 'department':
    case 'record':
      return ['any_of', 'is', 'is_not', 'empty', 'not_empty']
    case 'checkbox':
    case 'multi-select':
      return ['any_of', 'empty', 'not_empty']
    case 'date':
    case 'datetime':
      return ['at_least', 'at_most', 'between', 'empty', 'not_empty']
    default:
      return []
  }
}
