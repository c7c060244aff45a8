import type { AccountRef } from '#contract/common.ts'
import type { FieldSpec, FieldValue } from '#contract/crm/forms.ts'

export type { FieldOption, FieldValue, LocationValue } from '#contract/crm/forms.ts'

/** Values as the contract has them (`FieldValue`); null is "nothing". */
export type FormValues = Record<string, FieldValue>

/**
 * One field as plain data: a field of the CRM's form as the gateway describes it, or one of our own
 * pages, which say only what they need. Labels are already in the reader's language.
 */
export type FormField = Pick<FieldSpec, 'key' | 'label'> & Partial<Omit<FieldSpec, 'key' | 'label' | 'type'>> & {
  type: FieldSpec['type'] | 'secret'
  /** Takes the whole width where fields stand side by side. */
  wide?: boolean
  /** For moments: what the usual choices are, of something planned or of something done. */
  moments?: 'ahead' | 'past'
}

export interface FormGroup {
  title: string
  fields: readonly FormField[]
}

export interface FormDescription {
  groups: readonly FormGroup[]
}

/** What an id in a value is called. */
export interface Named {
  id: string
  name: string
  hint?: string | null
  avatar?: string | null
  /** For records: whether the reader may open it. */
  readable?: boolean
}

/** Names of the ids in the values, by field. */
export type FormRefs = Readonly<Record<string, readonly Named[]>>

/** Finds accounts by name, for pages that choose one outside a form. */
export type SearchAccounts = (keyword: string, signal: AbortSignal) => Promise<readonly AccountRef[]>
