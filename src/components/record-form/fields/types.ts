import type { FieldValue, FormField, SearchAccounts } from '../types.ts'

/** What `FormField.vue` hands to every control. */
export interface ControlProps {
  id: string
  field: FormField
  value: FieldValue
  invalid: boolean
  /** The element that explains the field: its issue or its hint. */
  describedBy?: string
  /** Only account fields use it. */
  searchAccounts?: SearchAccounts
}

export interface ControlEmits {
  change: [value: FieldValue]
  /** The reader is done with the field for now. */
  leave: []
}
