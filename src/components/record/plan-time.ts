import type { RecordRow } from '#contract/crm/records.ts'

/** When a plan or follow-up is or was: its one moment among the listed values; null when it has none. */
export function momentOf(row: Pick<RecordRow, 'kind' | 'values' | 'next'>): string | null {
  if (row.next)
    return row.next.at
  const found = Object.values(row.values).find(value => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value))
  return typeof found === 'string' ? found : null
}

/** A plan that waits to be done, as its state says. */
export function isOpenPlan(row: Pick<RecordRow, 'kind' | 'state'>): boolean {
  return row.kind === 'plans' && row.state?.value !== 'completed' && row.state?.value !== 'cancelled'
}

/** A plan that the reader may end, by writing what was done or by ticking it off. */
export function mayComplete(row: Pick<RecordRow, 'kind' | 'state' | 'rights'>): boolean {
  return isOpenPlan(row) && row.rights.includes('complete')
}
