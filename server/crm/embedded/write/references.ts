import type { RecordKind } from '#contract/crm/kinds.ts'
import type { FieldIssue } from '#contract/errors.ts'
import type { Db } from '../../../db/index.ts'
import type { Actor } from '../../gateway.ts'
import type { Reach } from '../access/reach.ts'
import type { Seen } from '../access/read.ts'
import type { FieldDef, KindDef } from '../kinds/index.ts'
import type { EmbeddedParts } from '../parts.ts'
import type { Input } from './input.ts'
import { and, eq, isNull, or } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { among } from '../access/reach.ts'
import { readSeen } from '../access/read.ts'
import { kinds, propOf } from '../kinds/index.ts'
import { mayOwn } from './owners.ts'

const { picture } = tables

interface Context {
  actor: Actor
  reach: Reach
  /** What the record will be, to check fields against each other. */
  whole: Record<string, unknown>
  /** What is stored already, for a change. */
  current?: Record<string, unknown>
  recordId?: string
  path?: string
}

const idsOf = (value: unknown): string[] => (Array.isArray(value) ? (value as string[]) : typeof value === 'string' ? [value] : [])

/**
 * Whether what the values refer to is there for the actor: records they see, colleagues in service, pictures of their
 * own. What they may not see does not exist for them, and is worded so.
 */
export async function referenceIssues(parts: EmbeddedParts, kind: KindDef, { fields, stored }: Input, context: Context): Promise<FieldIssue[]> {
  const issues: FieldIssue[] = []
  for (const field of fields) {
    const message = await wrongReference(parts, kind, field, stored[propOf(field)], context)
    if (message)
      issues.push({ path: `${context.path ?? 'values'}.${field.key}`, message })
  }
  return [...issues, ...(await leftBehind(parts.db, kind, fields, context))]
}

/** What was not touched may not fit what was: the contact of the customer whose deal it no longer is. */
async function leftBehind(db: Db, kind: KindDef, changed: FieldDef[], context: Context): Promise<FieldIssue[]> {
  const issues: FieldIssue[] = []
  for (const field of context.current ? kind.fields.filter(field => !changed.includes(field)) : []) {
    const ids = changed.some(({ key }) => key === field.target?.within) ? idsOf(context.current![propOf(field)]) : []
    if (ids.length > 0 && (await wrongRecord(db, field, field.target!.kind, ids, context)))
      issues.push({ path: `${context.path ?? 'values'}.${field.key}`, message: 'record_elsewhere' })
  }
  return issues
}

async function wrongReference(parts: EmbeddedParts, kind: KindDef, field: FieldDef, value: unknown, context: Context): Promise<string | undefined> {
  const ids = idsOf(value)
  if (ids.length === 0)
    return undefined
  switch (field.type) {
    case 'member':
      if (field.prop === 'ownerId')
        return (await mayOwn(parts, context.actor, context.reach, ids[0]!)) ? undefined : 'owner_unknown'
      return everyoneActive(parts, ids.filter(id => !idsOf(context.current?.[propOf(field)]).includes(id)))
    case 'record':
      return wrongRecord(parts.db, field, field.target!.kind, ids, context)
    case 'picture':
      return wrongPicture(parts.db, kind, ids, context)
    default:
      return undefined
  }
}

/** Of people who are named anew: whoever left since stays named. */
async function everyoneActive(parts: EmbeddedParts, fresh: string[]): Promise<string | undefined> {
  return (await parts.directory.activeAmong(fresh)).size === fresh.length ? undefined : 'person_unknown'
}

async function wrongRecord(db: Db, field: FieldDef, of: RecordKind, ids: string[], { reach, whole }: Context): Promise<string | undefined> {
  const seen: Seen[] = await readSeen(db, kinds[of], reach, ids)
  if (seen.length < ids.length)
    return 'record_unknown'
  const within = field.target?.within
  if (!within)
    return undefined
  const wanted = whole[`${within}Id`]
  return seen.every(row => row[`${within}Id`] === wanted) ? undefined : 'record_elsewhere'
}

/** A picture is free while no record names it; then it stays with that one. */
async function wrongPicture(db: Db, { kind }: KindDef, ids: string[], { actor, recordId }: Context): Promise<string | undefined> {
  const free = and(eq(picture.uploadedById, actor.id), isNull(picture.recordId))
  const own = recordId === undefined ? undefined : and(eq(picture.kind, kind), eq(picture.recordId, recordId))
  const found = await db
    .select({ id: picture.id })
    .from(picture)
    .where(and(among(picture.id, ids), or(free, own)))
  return found.length === ids.length ? undefined : 'picture_unknown'
}

/** Gives free pictures to the record that names them. */
export async function keepPictures(tx: Db, { kind }: KindDef, recordId: string, stored: Record<string, unknown>): Promise<void> {
  const ids = Array.isArray(stored.pictures) ? (stored.pictures as string[]) : []
  if (ids.length > 0)
    await tx.update(picture).set({ kind, recordId }).where(and(among(picture.id, ids), isNull(picture.recordId)))
}
