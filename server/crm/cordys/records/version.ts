import type { FormConfig } from '../forms/config.ts'
import type { RawRecord } from './raw.ts'
import { createHash } from 'node:crypto'
import { storedValue } from './raw.ts'

/**
 * Cordys counts no edits, so a record's version is a digest of what people fill in: two readers have the same one
 * exactly while nobody has changed a value. 48 bits, a whole number in JSON.
 */
export function versionOf({ fields }: FormConfig, record: RawRecord): number {
  const business = fields.filter(({ businessKey }) => businessKey !== null).map(field => [field.businessKey, storedValue(field, record) ?? null])
  const custom = record.moduleFields.map(({ fieldId, fieldValue }) => [fieldId, fieldValue ?? null])
  const sorted = [...business, ...custom].map(pair => JSON.stringify(pair)).sort()
  return Number.parseInt(createHash('sha256').update(sorted.join('\n')).digest('hex').slice(0, 12), 16)
}
