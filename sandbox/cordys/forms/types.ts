/** A field of a form config, as far as the fake uses it; everything else is carried as it is (cordys-api §6.2). */
export interface FieldConfig {
  id: string
  name: string
  internalKey: string | null
  type: string
  businessKey: string | null
  mobile: boolean
  readable: boolean
  editable: boolean
  rules: { key: 'required' | 'unique' }[]
  options?: { value: string, label: string }[]
  showControlRules?: { value: string, fieldIds: string[] }[]
  resourceFieldId?: string | null
  [extra: string]: unknown
}

export interface FormConfig {
  fields: FieldConfig[]
  formProp: Record<string, unknown>
}

export interface FieldValue {
  fieldId: string
  fieldValue: unknown
}

/** Top-level keys of a record, and the values of its custom fields by field id. */
export interface Values {
  business: Record<string, unknown>
  custom: Map<string, unknown>
}
