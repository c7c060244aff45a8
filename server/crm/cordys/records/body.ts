import type { CordysField } from '../forms/config.ts'
import type { Work } from '../parts.ts'
import type { Change } from './input.ts'
import type { RawDetail } from './raw.ts'
import { isReference } from '../forms/config.ts'
import { isMultiple } from '../forms/types.ts'
import { isNothing } from '../forms/write-value.ts'
import { storedValue } from './raw.ts'

export interface SaveBody {
  [businessKey: string]: unknown
  moduleFields: { fieldId: string, fieldValue: unknown }[]
}

/** The body of an add: business keys at the top, everything else by field id (cordys-api §6.4). */
export function addBody({ kind }: Work, changes: Change[]): SaveBody {
  const business = changes.filter(({ field, value }) => field.businessKey !== null && value !== undefined)
  return {
    ...Object.fromEntries(Object.entries(kind.fixed).filter(([, value]) => value !== null)),
    ...Object.fromEntries(business.map(({ field, value }) => [field.businessKey!, value])),
    moduleFields: changes.flatMap(({ field, value }) => (field.businessKey === null && value !== undefined ? [{ fieldId: field.id, fieldValue: value }] : [])),
  }
}

/** A stored value as it may be sent back: numbers and times must be JSON numbers, however a release answers them (cordys-api §6.3). */
function sendable(field: CordysField | undefined, value: unknown): unknown {
  const isNumeric = field?.type === 'INPUT_NUMBER' || field?.type === 'DATE_TIME'
  return isNumeric && typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value
}

/**
 * The body of an update. `moduleFields` replaces everything that is stored (rule 10), so the full set goes back: also
 * what our form does not show, cannot edit or does not know, and the serial number, which is lost when it is missing.
 * Business keys go along too: a missing owner would count as a change of owner. What is emptied is left out of the
 * set, or "" for a business key, since null changes nothing there.
 */
export function updateBody({ config }: Work, current: RawDetail, changes: Change[]): SaveBody {
  const changed = new Map(changes.map(({ field, value }) => [field.id, value]))
  const business = config.fields.filter(field => field.businessKey !== null && !isReference(field) && field.type !== 'DIVIDER').map((field) => {
    const value = changed.has(field.id) ? (changed.get(field.id) ?? (isMultiple(field) ? [] : '')) : sendable(field, storedValue(field, current))
    return [field.businessKey!, value] as const
  })
  const fields = new Map(config.fields.map(field => [field.id, field]))
  const reference = new Set(config.fields.filter(field => isReference(field) || field.type === 'DIVIDER').map(({ id }) => id))
  const kept = current.moduleFields.filter(({ fieldId }) => !changed.has(fieldId) && !reference.has(fieldId) && !fieldId.includes('_ref_'))
  const written = changes.filter(({ field }) => field.businessKey === null).map(({ field, value }) => ({ fieldId: field.id, fieldValue: value }))
  return {
    id: current.id,
    ...Object.fromEntries(business.filter(([, value]) => value !== null && value !== undefined)),
    moduleFields: [...kept.map(({ fieldId, fieldValue }) => ({ fieldId, fieldValue: sendable(fields.get(fieldId), fieldValue) })), ...written].filter(({ fieldValue }) => !isNothing(fieldValue)),
  }
}
