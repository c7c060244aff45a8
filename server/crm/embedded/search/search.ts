import type { MainKind } from '#contract/crm/kinds.ts'
import type { RecordRow } from '#contract/crm/records.ts'
import type { Actor } from '../../gateway.ts'
import type { EmbeddedParts } from '../parts.ts'
import { mainKinds } from '#contract/crm/kinds.ts'
import { reachOf } from '../access/reach.ts'
import { kinds } from '../kinds/index.ts'
import { rowsOf, select } from '../records/list.ts'
import { findPage } from '../records/page.ts'
import { orderOf } from '../records/sort.ts'

/** Where one row in a few dozen fits, so many hold the few that are shown. */
const ahead = 400

/** A few records of each main kind that somebody may see, by keyword; kinds without a hit are left out. */
export async function search(parts: EmbeddedParts, actor: Actor, { q, limit }: { q: string, limit: number }): Promise<{ groups: Array<{ kind: MainKind, items: RecordRow[], more: boolean }> }> {
  const reach = await reachOf(parts, actor)
  const groups = await Promise.all(
    mainKinds.map(async (name) => {
      const kind = kinds[name]
      const selection = await select(parts, actor, kind, { q, view: 'all' }, reach)
      const { found } = await findPage(parts.db, { ...selection, order: orderOf(kind, undefined, undefined), limit, ahead })
      const items = await rowsOf(parts, actor, kind, reach, found.slice(0, limit).map(({ id }) => id))
      return { kind: name, items, more: found.length > limit }
    }),
  )
  return { groups: groups.filter(({ items }) => items.length > 0) }
}
