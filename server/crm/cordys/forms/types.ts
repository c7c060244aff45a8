import type { FieldType } from '#contract/crm/forms.ts'
import type { RecordKind } from '#contract/crm/kinds.ts'
import type { CordysField } from './config.ts'
import { isReference } from './config.ts'

/** What record fields can refer to (cordys-api §6.7); products, contracts and the like have no kind here. */
const sources: Record<string, RecordKind> = { CUSTOMER: 'customers', CONTACT: 'contacts', OPPORTUNITY: 'opportunities', CLUE: 'leads' }

export const targetOf = ({ dataSourceType }: CordysField): RecordKind | undefined => sources[dataSourceType ?? '']

/** How deep a region goes; countries are not told apart here. */
export const locationDepths = { detail: 'detail', PCD: 'district', PC: 'city', P: 'province' } as const

/**
 * The type a field has in our forms. Pictures, attachments, formulas, tags, tables and codes whose list is built into
 * Cordys's own pages are `unsupported`: shown, never changed, and kept on saving.
 */
export function typeOf(field: CordysField): FieldType {
  if (isReference(field))
    return 'unsupported'
  const { type, options, customOptions, numberFormat, dateType, locationType } = field
  const hasOptions = options.length > 0 || customOptions.length > 0
  switch (type) {
    case 'INPUT':
      return 'text'
    case 'TEXTAREA':
      return 'textarea'
    case 'INPUT_NUMBER':
      return numberFormat === 'currency' ? 'amount' : 'number'
    case 'DATE_TIME':
      return dateType === 'datetime' ? 'datetime' : 'date'
    case 'RADIO':
      return hasOptions ? 'radio' : 'unsupported'
    case 'CHECKBOX':
      return hasOptions ? 'checkbox' : 'unsupported'
    case 'SELECT':
      return hasOptions ? 'select' : 'unsupported'
    case 'SELECT_MULTIPLE':
      return hasOptions ? 'multi-select' : 'unsupported'
    case 'MEMBER':
    case 'MEMBER_MULTIPLE':
      return 'member'
    case 'DEPARTMENT':
    case 'DEPARTMENT_MULTIPLE':
      return 'department'
    case 'DATA_SOURCE':
    case 'DATA_SOURCE_MULTIPLE':
      return targetOf(field) ? 'record' : 'unsupported'
    case 'PHONE':
      return 'phone'
    case 'LINK':
      return 'link'
    case 'LOCATION':
      return locationType === null || locationType in locationDepths ? 'location' : 'unsupported'
    case 'SERIAL_NUMBER':
      return 'serial'
    case 'DIVIDER':
      return 'divider'
    default:
      return 'unsupported'
  }
}

/** The value is an array at Cordys (cordys-api §6.3). */
export const isMultiple = ({ type }: CordysField): boolean => type.endsWith('_MULTIPLE') || ['CHECKBOX', 'PICTURE', 'ATTACHMENT'].includes(type)
