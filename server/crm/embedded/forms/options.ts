import type { PersonRef } from '#contract/crm/kinds.ts'
import type { Actor } from '../../gateway.ts'
import type { Reach } from '../access/reach.ts'
import type { FieldDef, KindDef } from '../kinds/index.ts'
import type { EmbeddedParts } from '../parts.ts'
import { and, sql } from 'drizzle-orm'
import { AppError } from '../../../http/app-error.ts'
import { reachOf } from '../access/reach.ts'
import { isId } from '../access/read.ts'
import { columnOf, fieldOf, kinds } from '../kinds/index.ts'
import { rowsOf, select } from '../records/list.ts'
import { findPage } from '../records/page.ts'
import { orderOf } from '../records/sort.ts'

interface Query {
  q?: string | undefined
  within?: string | undefined
  limit: number
}

interface Choice {
  id: string
  name: string
  hint: string | null
  avatar: string | null
}

/**
 * What can be chosen in a field that refers to something, by keyword.
 * @throws {AppError} not_found for a field that refers to nothing
 */
export async function fieldOptions(parts: EmbeddedParts, actor: Actor, kind: KindDef, key: string, query: Query): Promise<{ options: Choice[] }> {
  const field = fieldOf(kind, key)
  if (field?.type === 'member')
    return { options: (await people(parts, actor, field.prop === 'ownerId' ? 'owner' : 'mention', query)).map(ref => ({ ...ref, hint: null })) }
  if (field?.type !== 'record')
    throw new AppError('not_found')
  return { options: await records(parts, actor, field, query) }
}

/** People somebody may name: as owner, those in their reach or, who may transfer, everybody in service; to mention or share with, everybody. */
export async function people(parts: EmbeddedParts, actor: Actor, purpose: 'owner' | 'mention' | 'share', { q, limit }: Pick<Query, 'q' | 'limit'>): Promise<PersonRef[]> {
  const { directory } = parts
  const everybody = purpose !== 'owner' || (await directory.may(actor, 'transfer'))
  return directory.ownersWithin(everybody ? { kind: 'all' } : await directory.visibleOwners(actor), { q, limit })
}

async function records(parts: EmbeddedParts, actor: Actor, { target }: FieldDef, { q, within, limit }: Query): Promise<Choice[]> {
  const kind = kinds[target!.kind]
  const reach: Reach = await reachOf(parts, actor)
  const selection = await select(parts, actor, kind, { q, view: 'all', ...(within !== undefined && limits(target, within)) }, reach)
  const usable = kind.kind === 'contacts' ? sql`${columnOf(kind, 'disabledAt')} is null` : kind.kind === 'leads' ? sql`${columnOf(kind, 'convertedAt')} is null` : undefined
  const order = orderOf(kind, undefined, undefined)
  const { found } = await findPage(parts.db, { ...selection, live: and(selection.live, usable)!, order, limit })
  const rows = await rowsOf(parts, actor, kind, reach, found.slice(0, limit).map(({ id }) => id))
  return rows.map(({ id, name, about, owner }) => ({ id, name, hint: about[0]?.name ?? owner?.name ?? null, avatar: null }))
}

function limits(target: FieldDef['target'], within: string) {
  if (!isId(within))
    throw new AppError('not_found')
  return target?.within === 'customer' ? { of: 'customers' as const, ofId: within } : {}
}
