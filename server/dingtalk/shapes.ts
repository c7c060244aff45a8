import { z } from 'zod'

/*
 * Building blocks for DingTalk's answers. The documentation's samples show booleans and numbers as strings in
 * many places (dingtalk-server-api §1.7, "type warning"), so both are read. An empty text means the same as an
 * absent one: no value.
 */

/** Text that may be absent, null or empty; undefined then. */
export const optionalText = z
  .union([z.string(), z.number()])
  .nullish()
  .transform(value => (value === null || value === undefined || String(value).trim() === '' ? undefined : String(value)))

/** Number, also as digits in a text. */
export const number = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+(\.\d+)?$/)
    .transform(Number),
])

export const optionalNumber = number.nullish().transform(value => value ?? undefined)

/** Boolean, also as text or digit. */
export const flag = z.union([
  z.boolean(),
  z.enum(['true', 'false', '1', '0']).transform(value => value === 'true' || value === '1'),
  z.literal([0, 1]).transform(value => value === 1),
])

export const optionalFlag = flag.nullish().transform(value => value ?? undefined)

/** Text that must be there; digits may come as a number. */
export const userid = z.union([z.string().min(1), z.number().transform(String)])

/** A list that may be absent. */
export function list<Item extends z.ZodType>(item: Item) {
  return z
    .array(item)
    .nullish()
    .transform(value => value ?? [])
}

/** The usual wrapper of the old family: `{ result }`. */
export function result<Inner extends z.ZodType>(inner: Inner) {
  return z.object({ result: inner })
}
