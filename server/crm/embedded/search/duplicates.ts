import type { MainKind } from '#contract/crm/kinds.ts'
import type { Duplicate } from '#contract/crm/search.ts'
import type { Db } from '../../../db/index.ts'
import type { Actor } from '../../gateway.ts'
import type { Reach } from '../access/reach.ts'
import type { EmbeddedParts } from '../parts.ts'
import { and, ne, or } from 'drizzle-orm'
import { audit } from '../../../audit/index.ts'
import { reachOf } from '../access/reach.ts'
import { isId, readSeen } from '../access/read.ts'
import { columnOf, kinds } from '../kinds/index.ts'
import { nameKey } from '../write/unique.ts'
import { maskName, maskPhone } from './mask.ts'
import { anywhere, comparisons, nameHolds, sameName, samePhone } from './matches.ts'

interface Query {
  kind: MainKind
  name?: string | undefined
  phone?: string | undefined
  except?: string | undefined
}

const shown = 5

/** Names that short are contained in everybody's. */
const fewestCharacters = 4

/**
 * Whether the company already has something with this name or phone: in the whole of it, so it says only as much of a
 * record as is needed to ask its owner (cordys-api §5.9). Each look is written down.
 */
export async function findDuplicates(parts: EmbeddedParts, actor: Actor, { kind, name = '', phone = '', except }: Query, { ip }: { ip: string }): Promise<{ duplicates: Duplicate[] }> {
  const reach = await reachOf(parts, actor)
  const found: Duplicate[] = []
  for (const { of, by } of comparisons(kind)) {
    const other = except !== undefined && isId(except) ? ne(columnOf(kinds[of], 'id'), except) : undefined
    const where = by === 'name' ? likeName(of, name) : samePhone(of, phone)
    if (where)
      found.push(...(await describe(parts, reach, of, by, await anywhere(parts.db, of, and(where, other)!, shown))))
  }
  const duplicates = [...new Map(found.map(each => [`${each.kind}:${each.id ?? each.name}:${each.owner?.id}`, each])).values()].slice(0, 2 * shown)
  await auditLook(parts.db, actor, { kind, name, phone }, { found: duplicates.length, ip })
  return { duplicates }
}

/** Writes down that somebody was told whether the company has this. */
export async function auditLook(db: Db, actor: Actor, { kind, name, phone }: { kind: MainKind, name: string, phone: string }, { found, ip }: { found: number, ip?: string }): Promise<void> {
  await audit(db, { actor: actor.name, action: 'crm.duplicate_check', detail: { accountId: actor.id, kind, ...(name !== '' && { name }), ...(phone !== '' && { phone: maskPhone(phone) }), found }, ...(ip !== undefined && { ip }) })
}

/** The same name, or a long enough one that is part of it. */
function likeName(of: MainKind, name: string) {
  const same = sameName(of, name)
  return [...nameKey(name)].length >= fewestCharacters ? or(same, nameHolds(of, name)) : same
}

async function describe(parts: EmbeddedParts, reach: Reach, of: MainKind, by: Duplicate['by'], rows: Awaited<ReturnType<typeof anywhere>>): Promise<Duplicate[]> {
  const seen = new Set((await readSeen(parts.db, kinds[of], reach, rows.map(({ id }) => id))).map(({ id }) => id))
  const owners = await parts.directory.accountRefs(rows.map(({ ownerId }) => ownerId))
  return rows.map(({ id, name, phone, ownerId }) => {
    const open = seen.has(id)
    return {
      kind: of,
      by,
      name: open ? name : maskName(name),
      phone: phone === '' ? null : open ? phone : maskPhone(phone),
      owner: owners.get(ownerId) ?? null,
      id: open ? id : null,
    }
  })
}
