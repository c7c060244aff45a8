import type { FieldSpec, FieldType, FilterOperator } from '#contract/crm/forms.ts'
import type { Chip, RecordKind } from '#contract/crm/kinds.ts'
import type { Text } from '../../../http/locale.ts'

export interface OptionDef {
  value: string
  label: Text
  /** How its chip looks where the field is the record's state. */
  tone?: Chip['tone']
  retired?: boolean
}

type Told = Pick<FieldSpec, 'maxLength' | 'min' | 'max' | 'decimals' | 'maxItems' | 'multiple' | 'format' | 'regions' | 'shownWhen'>

/** A field of a form as this CRM knows it: what people see of it, and where its value is kept. */
export interface FieldDef extends Partial<Told> {
  key: string
  type: FieldType
  label: Text
  placeholder?: Text
  hint?: Text
  required?: boolean
  unique?: boolean
  /** Set by steps of their own, not by the form. */
  readonly?: boolean
  /** `now` and `today` are the moment the form is asked for, `me` the reader. */
  default?: string | string[] | number
  options?: OptionDef[]
  target?: { kind: RecordKind, within?: string }
  listed?: boolean
  filters?: FilterOperator[]
  sortable?: boolean
  /** Property of the table that keeps it; the key where absent. */
  prop?: string
}

/** The property a field's value is kept in. */
export const propOf = ({ prop, key }: FieldDef): string => prop ?? key

const short: FilterOperator[] = ['contains', 'is', 'empty', 'not_empty']
const choice: FilterOperator[] = ['any_of', 'is', 'is_not', 'empty', 'not_empty']
const range: FilterOperator[] = ['between', 'at_least', 'at_most', 'empty', 'not_empty']

/** What can be asked of a field, by its type (cordys-api §1.6); what has to be filled in is never empty. */
export function filtersOf({ type, filters, required }: FieldDef): FilterOperator[] {
  if (filters)
    return filters
  const all = filtersOfType(type)
  return required ? all.filter(op => op !== 'empty' && op !== 'not_empty') : all
}

function filtersOfType(type: FieldDef['type']): FilterOperator[] {
  switch (type) {
    case 'text':
    case 'phone':
    case 'email':
    case 'link':
      return short
    case 'textarea':
    case 'location':
      return ['contains', 'empty', 'not_empty']
    case 'number':
    case 'amount':
    case 'date':
    case 'datetime':
      return range
    case 'radio':
    case 'select':
    case 'industry':
    case 'member':
    case 'department':
    case 'record':
      return choice
    case 'checkbox':
    case 'multi-select':
      return ['any_of', 'empty', 'not_empty']
    default:
      return []
  }
}
