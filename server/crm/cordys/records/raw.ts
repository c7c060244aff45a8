import type { CordysField } from '../forms/config.ts'
import { z } from 'zod'

const text = z.string().nullish().transform(value => value ?? null)
const moment = z.number().nullish().transform(value => value ?? null)
const list = <T extends z.ZodType>(item: T) => z.array(item).nullish().transform(items => items ?? [])

const named = z.looseObject({ id: z.coerce.string(), name: z.string().nullish().transform(name => name ?? '') })

/** Names by business key or field id (cordys-api §1.6). */
const optionMap = z.record(z.string(), list(named)).nullish().transform(map => map ?? {})
export type OptionMap = z.output<typeof optionMap>

/** What every kind of record has in lists and details; its business keys are read by name. */
export const rawRecord = z.looseObject({
  id: z.string(),
  name: text,
  owner: text,
  ownerName: text,
  createTime: moment,
  updateTime: moment,
  createUser: text,
  createUserName: text,
  collectionTime: moment,
  followTime: moment,
  moduleFields: list(z.looseObject({ fieldId: z.coerce.string(), fieldValue: z.unknown().optional() })),
})
export type RawRecord = z.output<typeof rawRecord>

export const rawDetail = rawRecord.extend({
  optionMap,
  attachmentMap: z.record(z.string(), list(z.looseObject({ name: text }))).nullish().transform(map => map ?? {}),
})
export type RawDetail = z.output<typeof rawDetail>

export const rawPage = z.looseObject({ list: list(rawRecord), total: z.number(), optionMap })

/** Lists without pages, as contacts of a customer. */
export const rawList = z.looseObject({ list: list(rawRecord), optionMap })

/** The stored value of a field, wherever Cordys keeps it (cordys-api §6.5). */
export function storedValue({ businessKey, id }: CordysField, record: RawRecord): unknown {
  return businessKey === null ? record.moduleFields.find(({ fieldId }) => fieldId === id)?.fieldValue : record[businessKey]
}

export function textOf(record: RawRecord, key: string): string | null {
  const value = record[key]
  return typeof value === 'string' && value !== '' ? value : null
}
