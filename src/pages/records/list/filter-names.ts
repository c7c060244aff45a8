import type { RecordRow } from '#contract/crm/records.ts'
import type { Named } from '../../../components/record-form/types.ts'
import { shallowRef } from 'vue'

/**
 * What the ids in the filters are called: the URL has only ids. Those chosen here keep their names as long as the
 * list is there; of those that came with a link the rows know some.
 */
export function filterNames(rows: () => readonly RecordRow[]) {
  const chosen = shallowRef<ReadonlyMap<string, Named>>(new Map())
  const keyOf = (field: string, id: string) => `${field} ${id}`

  function namesOf(field: string, ids: readonly string[]): Named[] {
    const seen: Named[] = rows().flatMap(({ owner, about, refs }) => [...(owner ? [owner] : []), ...about, ...(refs[field] ?? [])])
    return ids.flatMap(id => chosen.value.get(keyOf(field, id)) ?? seen.find(one => one.id === id) ?? [])
  }

  function remember(field: string, named: readonly Named[]) {
    chosen.value = new Map([...chosen.value, ...named.map(one => [keyOf(field, one.id), one] as const)])
  }

  return { namesOf, remember }
}
