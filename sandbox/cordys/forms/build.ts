import type { FieldConfig, FormConfig } from './types.ts'

type Extra = Partial<FieldConfig> & { required?: boolean, unique?: boolean }

/** Makes the fields of one form: ids are generated for each installation (cordys-api, rule 14). */
export function formBuilder(newId: () => string) {
  const fields: FieldConfig[] = []
  const add = (type: string, name: string, internalKey: string | null, { required, unique, ...extra }: Extra = {}): FieldConfig => {
    const field: FieldConfig = {
      id: newId(),
      name,
      internalKey,
      pos: fields.length + 1,
      type,
      mobile: false,
      showLabel: true,
      placeholder: null,
      description: null,
      readable: true,
      editable: true,
      fieldWidth: 1,
      rules: [...(required ? [{ key: 'required' as const }] : []), ...(unique ? [{ key: 'unique' as const }] : [])],
      showControlRules: [],
      businessKey: null,
      disabledProps: [],
      resourceFieldId: null,
      subTableFieldId: null,
      sys: internalKey !== null,
      ...extra,
    }
    fields.push(field)
    return field
  }
  const form = (): FormConfig => ({
    fields,
    formProp: {
      viewSize: 'medium',
      layout: 1,
      labelPos: 'top',
      inputWidth: 'full',
      optBtnPos: 'right',
      optBtnContent: [{ text: '保存', enable: true }],
      linkProp: {},
    },
  })
  return { add, form }
}

export const options = (...labels: string[]) => labels.map((label, index) => ({ value: String(index + 1), label }))
