import type { RecordKind } from '#contract/crm/kinds.ts'
import type { RecordView } from '#contract/crm/records.ts'

/** How a kind of ours lives at Cordys: its addresses, permissions and peculiarities. */
export interface Kind {
  kind: 'customers' | 'contacts' | 'follow-ups'
  /** Prefix of `add`, `update`, `get/{id}`, `delete/{id}` and `page`. */
  path: string
  /** Where the same is found when a release lacks `path`. */
  otherPath?: string
  formPath: string
  /** Form key of `/field/check/repeat`. */
  formKey: string
  /** Permission area; undefined: none of its own (follow-ups). */
  permissions: { [A in 'READ' | 'ADD' | 'UPDATE' | 'DELETE' | 'TRANSFER']?: string[] }
  /** What each view of ours is called there. */
  views: Partial<Record<RecordView, string>>
  /** Business keys that are not in our form: what they are set to here; null leaves them as they are. */
  fixed: Record<string, string | null>
  /** Stock fields that stand in rows, by internalKey. */
  listed: string[]
  /** Business keys Cordys can sort by. */
  sortable: string[]
}

export const knownKinds: readonly RecordKind[] = ['customers', 'contacts', 'follow-ups']
