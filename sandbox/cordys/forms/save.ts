import type { FieldConfig, FieldValue, FormConfig, Values } from './types.ts'
import { z } from 'zod'
import { business, unhandled } from '../http/envelope.ts'
import { checkValue, isBlank } from './check.ts'

const fieldValues = z.array(z.object({ fieldId: z.string(), fieldValue: z.unknown() })).nullish()

const isUnique = (field: FieldConfig) => ['INPUT', 'PHONE'].includes(field.type) && field.rules.some(({ key }) => key === 'unique')
const isStored = (field: FieldConfig) => field.type !== 'DIVIDER' && !field.resourceFieldId && !field.id.includes('_ref_')

/** Strings are trimmed on their way in. */
const trimmed = (value: unknown): unknown => (typeof value === 'string' ? value.trim() : Array.isArray(value) ? value.map(trimmed) : value)

interface Given {
  form: FormConfig
  body: Record<string, unknown>
  /** The record as stored, when it is changed. */
  before?: Values | undefined
  /** Whether another record has this value in this field. */
  taken: (field: FieldConfig, value: unknown, own: boolean) => boolean
  nextSerial: (field: FieldConfig) => string
}

/**
 * What a save makes of a record (cordys-api §6.4): business keys that are not null are written; `moduleFields` absent
 * leaves the custom values alone, present replaces all of them, and with `agentInvoke` changes the given ones.
 */
export function save({ form, body, before, taken, nextSerial }: Given): Values {
  const parsed = fieldValues.safeParse(body.moduleFields)
  if (!parsed.success)
    throw unhandled('JSON parse error: Cannot deserialize value of type `java.util.ArrayList`')
  const given = parsed.data
  const values: Values = { business: { ...before?.business }, custom: new Map(before?.custom) }
  const byId = new Map(form.fields.map(field => [field.id, field]))

  for (const field of form.fields) {
    const value = trimmed(field.businessKey === null ? undefined : body[field.businessKey])
    if (field.businessKey === null || value === null || value === undefined)
      continue
    checkValue(field, value)
    if (isUnique(field) && !isBlank(value) && taken(field, value, true))
      throw business(`${field.name} 字段存在重复值！`)
    values.business[field.businessKey] = value
  }

  if (given)
    saveCustom(values, given, body.agentInvoke === true, byId, taken)
  if (!before) {
    for (const field of form.fields.filter(field => field.type === 'SERIAL_NUMBER'))
      values.custom.set(field.id, nextSerial(field))
  }
  return values
}

function saveCustom(values: Values, given: FieldValue[], patch: boolean, byId: Map<string, FieldConfig>, taken: Given['taken']): void {
  const ids = given.map(({ fieldId }) => fieldId)
  if (new Set(ids).size < ids.length)
    throw unhandled('java.lang.IllegalStateException: Duplicate key')
  const fresh = new Map<string, unknown>()
  for (const { fieldId, fieldValue } of given) {
    const field = byId.get(fieldId)
    const value = trimmed(fieldValue)
    if (!field || field.businessKey !== null || !isStored(field))
      continue
    checkValue(field, value)
    // The old values are deleted first, except in a patch: there an unchanged unique value meets itself.
    if (isUnique(field) && !isBlank(value) && (taken(field, value, true) || (patch && values.custom.get(fieldId) === value)))
      throw business(`${field.name} 字段存在重复值！`)
    fresh.set(fieldId, value)
  }
  if (!patch)
    values.custom.clear()
  for (const [fieldId, value] of fresh) {
    if (isBlank(value))
      values.custom.delete(fieldId)
    else values.custom.set(fieldId, value)
  }
}
