import type { RecordKind } from '#contract/crm/kinds.ts'
import type { DividedRecord, HandoverOrder } from '#contract/handover.ts'
import type { OwnedRecord } from '../../crm/index.ts'

/** `n` in as many equal parts, the first ones larger by one where it does not come out even. */
export function evenly(n: number, parts: number): number[] {
  return Array.from({ length: parts }, (_, index) => Math.floor(n / parts) + (index < n % parts ? 1 : 0))
}

/**
 * Who gets which of somebody's records: named by hand, else with the record they belong to, else by number in the
 * order given. Kinds that are not to be handed over are absent.
 * @param records kinds in their order, so that what others belong to comes first
 */
export function divide(records: readonly OwnedRecord[], { to, kinds, numbers, chosen, together }: HandoverOrder): DividedRecord[] {
  const byHand = new Map(chosen.map(({ id, to }) => [id, to]))
  const decided = new Map<string, DividedRecord>()
  for (const [kind, those] of Map.groupBy(records, ({ kind }) => kind)) {
    if (kinds && !kinds.includes(kind))
      continue
    const here = those.map(record => place(record, byHand, together ? decided : new Map()))
    shareOut(here.filter(({ how }) => how === 'share'), to, numbers[kind])
    // Only now: nothing belongs to a record of its own kind.
    for (const record of here) decided.set(record.id, record)
  }
  return [...decided.values()]
}

function place({ kind, id, name, parents }: OwnedRecord, byHand: ReadonlyMap<string, string | null>, decided: ReadonlyMap<string, DividedRecord>): DividedRecord {
  const named = byHand.get(id)
  if (named !== undefined)
    return { kind, id, name, to: named, how: 'chosen', with: null }
  const above = parents.map(of => decided.get(of)).find(found => found !== undefined)
  return above ? { kind, id, name, to: above.to, how: 'together', with: above.name } : { kind, id, name, to: null, how: 'share', with: null }
}

function shareOut(waiting: DividedRecord[], to: readonly string[], numbers = evenly(waiting.length, to.length)): void {
  let next = 0
  for (const [index, whom] of to.entries()) {
    const until = next + (numbers[index] ?? 0)
    for (const record of waiting.slice(next, until)) record.to = whom
    next = until
  }
}

/** Of a division, what each gets, by kind. */
export function sharesOf(records: readonly DividedRecord[], to: readonly string[]): Map<string, Map<RecordKind, string[]>> {
  return new Map(to.map(whom => [whom, new Map([...Map.groupBy(records.filter(record => record.to === whom), ({ kind }) => kind)].map(([kind, those]) => [kind, those.map(({ id }) => id)]))]))
}
