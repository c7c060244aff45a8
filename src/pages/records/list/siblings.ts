import type { RecordKind } from '#contract/crm/kinds.ts'

const pairs: readonly (readonly RecordKind[])[] = [['customers', 'contacts'], ['plans', 'follow-ups']]

/** Contacts belong to customers, plans to follow-ups: they share a tab of the app and switch in their lists. */
export function siblingsOf(kind: RecordKind): readonly RecordKind[] {
  return pairs.find(pair => pair.includes(kind)) ?? []
}
