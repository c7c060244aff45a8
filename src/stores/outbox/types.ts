import type { FieldIssue } from '#contract/errors.ts'
import type { FormRefs, FormValues } from '../../components/record-form/types.ts'

/** A record not sent yet, with everything its form needs to show it again. */
export interface Draft {
  /** Its request key: whatever happens to the answer, the server makes one record of it. */
  key: string
  kind: 'follow-ups'
  /** What it is about, to name it in the list of drafts. */
  title: string
  about: { kind: string, id: string } | null
  fromPlanId: string | null
  values: FormValues
  refs: FormRefs
  next: { values: FormValues, refs: FormRefs } | null
  /** writing: not meant to be sent yet; waiting: as soon as there is a network; refused: the server said no. */
  state: 'writing' | 'waiting' | 'refused'
  /** Why it was refused, in words, and at which fields. */
  problem: string | null
  issues: FieldIssue[]
  /** ISO 8601. */
  changedAt: string
}
