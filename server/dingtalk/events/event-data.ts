import type { EventData, MemberDiff } from './event.ts'
import { z } from 'zod'
import { number, optionalText } from '../shapes.ts'
import { byLowerKey, firstOf } from './keys.ts'

/** One id or many. */
function ids<Item extends z.ZodType>(item: Item) {
  return z
    .union([z.array(item), item.transform(one => [one])])
    .transform(all => (all.length ? [...new Set(all)] : undefined))
    .optional()
}

const id = z.union([z.string(), z.number()]).transform(String).pipe(z.string().min(1))
const wholeNumber = number.pipe(z.int())

/** Values of diffInfo, as texts; empty ones are left out. */
const values = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((all) => {
    const known = Object.entries(all ?? {}).map(([key, value]) => [key, optionalText.safeParse(value).data] as const)
    return Object.fromEntries(known.filter((entry): entry is [string, string] => entry[1] !== undefined))
  })

const diff = z.object({ userid: id, prev: values, curr: values }).transform((raw): MemberDiff => raw)

const shape = z.object({
  userids: ids(id),
  unionids: ids(id),
  deptIds: ids(wholeNumber),
  roleIds: ids(wholeNumber),
  action: optionalText,
  // a convenience only: one that cannot be read must not cost the event
  diffs: z
    .union([z.array(diff), diff.transform(one => [one])])
    .optional()
    .catch(undefined),
  operatorUnionid: optionalText,
})

export type ParsedData = { ok: true, data: EventData } | { ok: false, problem: string }

/** Reads the fields of dingtalk-server-api §7.3 in every spelling; fields that are absent or empty are left out. */
export function parseEventData(payload: Record<string, unknown>): ParsedData {
  const fields = byLowerKey(payload)
  const parsed = shape.safeParse({
    userids: firstOf(fields, 'userid', 'userids', 'useridlist'),
    unionids: firstOf(fields, 'unionidlist', 'unionids', 'unionid'),
    deptIds: firstOf(fields, 'deptid', 'deptids', 'deptidlist'),
    roleIds: firstOf(fields, 'labelidlist', 'labelids', 'roleids'),
    action: fields.get('action'),
    diffs: fields.get('diffinfo'),
    operatorUnionid: fields.get('operatorunionid'),
  })
  if (!parsed.success)
    return { ok: false, problem: parsed.error.issues.map(issue => `${issue.path.join('.')}: ${issue.code}`).join('; ') }
  const present = Object.entries(parsed.data).filter(([, value]) => value !== undefined)
  return { ok: true, data: Object.fromEntries(present) }
}
