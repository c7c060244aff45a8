import type { RecordKind } from '#contract/crm/kinds.ts'
import type { CrmRecord } from '#contract/crm/records.ts'
import type { FieldIssue } from '#contract/errors.ts'
import type { FormRefs, FormValues } from '../../components/record-form/types.ts'

/** A record not sent yet, or a change to one, with everything its form needs to show it again. */
export interface Draft {
  /** Its request key: whatever happens to the answer, the server makes one record of it. */
  key: string
  kind: RecordKind
  /** What it is about, to name it in the list of drafts. */
  title: string
  /** What is to be sent, in one line: the words of what has no name, the fields of a change. */
  said: string | null
  about: { kind: string, id: string } | null
  fromPlanId: string | null
  /** Of a change, only what was changed. */
  values: FormValues
  refs: FormRefs
  /** The record that is changed, and the version the change was made from; null for a new one. */
  edit: { id: string, version: number, base: FormValues } | null
  /** The writer knows of a similar record and wants this one all the same. */
  ignoreDuplicates: boolean
  next: { values: FormValues, refs: FormRefs } | null
  /** writing: not meant to be sent yet; waiting: as soon as there is a network; refused: the server said no. */
  state: 'writing' | 'waiting' | 'refused'
  /** Why it was refused, in words, and at which fields. */
  problem: string | null
  issues: FieldIssue[]
  /** It waits for its writer to connect to the CRM. */
  needsConnection?: boolean
  /** How often the server failed at it. */
  tries?: number
  /** ISO 8601. */
  changedAt: string
}

/** What became of sending a draft; `whole`: what waits is on this device with all its pictures. */
export type Delivery = { state: 'sent', record: CrmRecord } | { state: 'waiting', error: unknown, whole: boolean } | { state: 'refused', error: unknown }
