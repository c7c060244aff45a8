import type { FieldValue } from '#contract/crm/forms.ts'
import type { CordysField } from './config.ts'
import { dayOf } from '../days.ts'
import { isMultiple, typeOf } from './types.ts'

const texts = (value: unknown): string[] => (Array.isArray(value) ? value : value === null || value === undefined || value === '' ? [] : [value]).map(String)
function moment(value: unknown): number | undefined {
  const at = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value
  return typeof at === 'number' && Number.isFinite(at) && Math.abs(at) < 8.64e15 ? at : undefined
}

/** A stored value in the shape our forms have (cordys-api §6.3); what does not fit its type is nothing rather than an error. */
export function readValue(field: CordysField, value: unknown): FieldValue {
  if (value === null || value === undefined || value === '')
    return isMultiple(field) && typeOf(field) !== 'unsupported' ? [] : null
  switch (typeOf(field)) {
    case 'divider':
    case 'unsupported':
      return null
    case 'number': {
      const number = Number(value)
      return Number.isFinite(number) ? number : null
    }
    case 'amount': {
      const number = Number(value)
      return Number.isFinite(number) ? number.toFixed(field.decimalPlaces ? (field.precision ?? 2) : 0) : null
    }
    case 'date': {
      const at = moment(value)
      return at === undefined ? null : dayOf(at)
    }
    case 'datetime': {
      const at = moment(value)
      return at === undefined ? null : new Date(at).toISOString()
    }
    case 'checkbox':
    case 'multi-select':
      return texts(value)
    case 'member':
    case 'department':
    case 'record':
      return isMultiple(field) ? texts(value) : (texts(value)[0] ?? null)
    case 'location':
      return readLocation(String(value))
    case 'textarea':
      return field.businessKey === 'content' ? unescaped(String(value)) : texts(value).join(', ')
    default:
      return texts(value).join(', ')
  }
}

const entities: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': '\'', '&amp;': '&' }

/** What people wrote in Cordys's own pages below `/account/follow` is stored with its HTML escaped (cordys-api §1.1); ours is not. */
export function unescaped(text: string): string {
  const isEscaped = !/[<>"]/.test(text) && !/&(?!lt;|gt;|quot;|#39;|amp;)/.test(text)
  return isEscaped ? text.replace(/&(?:lt|gt|quot|#39|amp);/g, entity => entities[entity]!) : text
}

/** `"<region code>-<detail text>"`, or the code alone. */
function readLocation(text: string): FieldValue {
  const dash = text.indexOf('-')
  const [code, detail] = dash < 0 ? [text, ''] : [text.slice(0, dash), text.slice(dash + 1)]
  return code.length <= 12 ? { code, detail: detail.slice(0, 300) } : { code: '', detail: text.slice(0, 300) }
}
