import type { FieldConfig } from './types.ts'
import { business } from '../http/envelope.ts'

const isText = (value: unknown): value is string => typeof value === 'string'
const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText)
const wrongType = (field: FieldConfig) => business(`${field.name} 字段值不合法`, 100001)

/** Nothing to store: blank values are skipped (cordys-api §6.4). */
export const isBlank = (value: unknown) => value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

/** What the server checks of a value: its type and its options, never whether it is required (cordys-api §6.3). */
export function checkValue(field: FieldConfig, value: unknown): void {
  if (isBlank(value))
    return
  switch (field.type) {
    case 'INPUT_NUMBER':
      if (typeof value !== 'number')
        throw wrongType(field)
      return
    case 'DATE_TIME':
      // A small number is read as an Integer, which is no Long.
      if (!Number.isSafeInteger(value) || Math.abs(value as number) < 2 ** 31)
        throw wrongType(field)
      return
    case 'RADIO':
    case 'SELECT':
      if (!isText(value))
        throw wrongType(field)
      return checkOptions(field, [value])
    case 'CHECKBOX':
    case 'SELECT_MULTIPLE':
      if (!isTexts(value))
        throw wrongType(field)
      return checkOptions(field, value)
    case 'INPUT_MULTIPLE':
    case 'MEMBER_MULTIPLE':
    case 'DEPARTMENT_MULTIPLE':
    case 'DATA_SOURCE_MULTIPLE':
    case 'PICTURE':
    case 'ATTACHMENT':
      if (!isTexts(value))
        throw wrongType(field)
      return
    case 'FORMULA':
    case 'SUB_PRODUCT':
    case 'SUB_PRICE':
      return
    default:
      if (!isText(value))
        throw wrongType(field)
  }
}

function checkOptions(field: FieldConfig, values: string[]): void {
  if (!values.every(value => field.options?.some(option => option.value === value)))
    throw business(`${field.name} 选项值不合法`, 100002)
}
