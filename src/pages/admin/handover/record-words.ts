import type { RecordKind } from '#contract/crm/kinds.ts'
import type { OwnedCounts } from '#contract/handover.ts'
import { listWords, t } from '../../../locales/index.ts'

/** In the order in which they are told; the server's contract names the same kinds. */
const order = ['leads', 'customers', 'contacts', 'opportunities', 'follow-ups', 'plans'] as const satisfies readonly RecordKind[]

/** "3 customers, 1 lead"; empty for none. */
export function recordWords(records: OwnedCounts | null | undefined): string {
  return listWords(kindsOf(records ?? {}).map(({ kind, n }) => t(`admin.handover.kinds.${kind}`, { n })))
}

/** The kinds somebody has, with their numbers. */
export function kindsOf(records: OwnedCounts): Array<{ kind: RecordKind, n: number }> {
  return order.flatMap((kind) => {
    const n = records[kind] ?? 0
    return n > 0 ? [{ kind, n }] : []
  })
}
