import type { AccountRef } from '#contract/common.ts'

export type FieldType = 'text' | 'textarea' | 'phone' | 'choice' | 'datetime' | 'account' | 'secret'

/** Texts and choices are strings, moments ISO 8601 in UTC or null, accounts a reference or null. */
export type FieldValue = string | AccountRef | null

export type FormValues = Record<string, FieldValue>

export interface ChoiceOption {
  value: string
  label: string
}

/**
 * One field as plain data: nothing in it is a function, and labels are already in the reader's
 * language, so that a description can as well come from the server as from our own code.
 */
export interface FormField {
  key: string
  type: FieldType
  label: string
  required?: boolean
  /** Characters as people count them (code points), for text, textarea and phone. */
  max?: number
  placeholder?: string
  hint?: string
  /** For choice. */
  options?: readonly ChoiceOption[]
  /** Takes the whole width where fields stand side by side. */
  wide?: boolean
}

export interface FormGroup {
  title: string
  fields: readonly FormField[]
}

export interface FormDescription {
  groups: readonly FormGroup[]
}

/** Finds accounts by name for account fields. */
export type SearchAccounts = (keyword: string, signal: AbortSignal) => Promise<readonly AccountRef[]>
