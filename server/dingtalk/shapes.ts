import { z } from 'zod'

/*
 * Building blocks for DingTalk's answers. The documentation's samples show booleans and numbers as strings in
 * many places (dingtalk-server-api §1.7, "type warning"), so both are read. An empty text means the same as an
 * absent one: no value.
 */

/** Text that may be absent, null or empty; undefined then. */
export const optionalText = z.union([
  z.string(),
  z.number(),
]).nullish().transform(value => value === null || value === undefined || String(value).trim() === ''
  ? undefined
  : String(value))

/** Number, also as digits in a text. */
export const number = z.union([
  z.number(),
  z.string().regex(/^-?\d+(\.\d+)?$/).transform(Number),
])

export const optionalNumber = number.nullish().transform(value => value ?? undefined)

/** Boolean, also as text. */
export const flag = z.union([
  z.boolean(),
  z.enum(['true', 'false']).transform(value => value === 'true'),
])

export const optionalFlag = flag.nullish().transform(value => value ?? undefined)

export const userid = z.string().min(1)

/** A list that may be absent. */
export function list<Item extends z.ZodType>(item: Item) {
  return z.array(item).nullish().transform(value => value ?? [])
}

/** The usual wrapper of the old family: `{ result }`. */
export function result<Inner extends z.ZodType>(inner: Inner) {
  return z.object({ result: inner })
}
