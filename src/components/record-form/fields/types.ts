import type { FieldValue, FormField, Named } from '../types.ts'

/** What `FormField.vue` hands to every control. */
export interface ControlProps {
  id: string
  field: FormField
  value: FieldValue
  invalid: boolean
  /** The element that explains the field: its issue or its hint. */
  describedBy?: string
  /** Names of the ids in the value. */
  names?: readonly Named[]
}

export interface ControlEmits {
  change: [value: FieldValue, names?: readonly Named[]]
  /** The reader is done with the field for now. */
  leave: []
}
