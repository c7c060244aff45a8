import { z } from 'zod'

/** ISO 8601 in UTC, as `Date.prototype.toISOString` writes it. */
export const timestamp = z.iso.datetime()

export const id = z.uuid()

export const idParams = z.object({ id })

/** No content, for answers that say everything by their status. */
export const nothing = z.undefined()

/** One line of text: trimmed, without control characters, at most `max` characters as people count them. */
export function line(max: number) {
  return z
    .string()
    .trim()
    .refine(value => !/\p{Cc}/u.test(value), { error: 'control_characters' })
    .refine(value => [...value].length <= max, { error: 'too_long', params: { max } })
}

/** Several lines of text; keeps line breaks and tabs. */
export function paragraph(max: number) {
  return z
    .string()
    .trim()
    .refine(value => !/[^\P{Cc}\n\r\t]/u.test(value), { error: 'control_characters' })
    .refine(value => [...value].length <= max, { error: 'too_long', params: { max } })
}

/** A page request with an opaque cursor; `limit` in rows. */
export const paging = z.object({ cursor: z.string().max(500).optional(), limit: z.coerce.number().int().min(1).max(100).default(20) })

/** A page of `item`; `nextCursor` is null on the last page, `total` counts all matching rows, or is -1: more than are counted. */
export function page<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable(), total: z.int() })
}

/** A person with a CRM account, as small as lists need. */
export const accountRef = z.object({ id, name: z.string(), avatar: z.string().nullable() })
export type AccountRef = z.infer<typeof accountRef>
