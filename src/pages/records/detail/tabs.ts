import type { Capabilities } from '#contract/crm/capabilities.ts'
import type { RecordKind } from '#contract/crm/kinds.ts'
import type { CrmRecord } from '#contract/crm/records.ts'

export type TabKey = 'info' | 'contacts' | 'opportunities' | 'follow-ups' | 'plans' | 'comments' | 'owners' | 'collaborators'

export interface Tab {
  key: TabKey
  /** Absent where nobody counts. */
  count?: number
}

const lists: Partial<Record<RecordKind, readonly TabKey[]>> = {
  leads: ['follow-ups', 'info', 'plans', 'owners', 'collaborators'],
  customers: ['follow-ups', 'info', 'contacts', 'opportunities', 'plans', 'owners', 'collaborators'],
  contacts: ['info', 'follow-ups', 'owners', 'collaborators'],
  opportunities: ['follow-ups', 'info', 'plans', 'owners', 'collaborators'],
}

/** What there is to see of a record: by its kind, and only what this CRM has. */
export function tabsOf(record: CrmRecord, can: Capabilities | null): Tab[] {
  const own = can?.kinds.find(one => one.kind === record.kind)
  const has = (kind: RecordKind) => can?.kinds.some(one => one.kind === kind) ?? false
  const { counts } = record
  // What belonged to it went with it.
  if (record.deletedAt !== null)
    return [{ key: 'info' }]
  const all: Record<TabKey, { there: boolean, count?: number }> = {
    'info': { there: true },
    'contacts': { there: has('contacts'), ...(counts.contacts !== undefined && { count: counts.contacts }) },
    'opportunities': { there: has('opportunities'), ...(counts.opportunities !== undefined && { count: counts.opportunities }) },
    // What was said to a contact is listed where it is counted.
    'follow-ups': { there: has('follow-ups') && (record.kind !== 'contacts' || counts.followUps !== undefined), ...(counts.followUps !== undefined && { count: counts.followUps }) },
    'plans': { there: has('plans'), ...(counts.plans !== undefined && { count: counts.plans }) },
    'comments': { there: own?.comments ?? false, ...(counts.comments !== undefined && { count: counts.comments }) },
    'owners': { there: own?.ownerHistory ?? false },
    'collaborators': { there: own?.collaborators ?? false, ...(counts.collaborators !== undefined && { count: counts.collaborators }) },
  }
  return (lists[record.kind] ?? ['info', 'comments']).filter(key => all[key].there).map(key => ({ key, ...(all[key].count !== undefined && { count: all[key].count }) }))
}
