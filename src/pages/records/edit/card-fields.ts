import type { RecordKind } from '#contract/crm/kinds.ts'
import type { FormField, FormValues } from '../../../components/record-form/types.ts'
import type { Card } from '../../../container/phone/index.ts'

/**
 * Where the parts of a business card go in a form of this kind that is only known as data: by the types of its
 * fields, and for texts by what they are called.
 */
export function fieldsFromCard(card: Card, fields: readonly FormField[], kind: RecordKind): FormValues {
  const values: FormValues = {}
  const free = fields.filter(field => field.writable !== false)
  const put = (field: FormField | undefined, value: string) => {
    if (field && value && !(field.key in values))
      values[field.key] = field.type === 'location' ? { code: '', detail: value } : value
  }
  const phones = free.filter(field => field.type === 'phone')
  const digits = (number: string) => number.replaceAll(/[^\d+]/g, '').replace(/^\+?86(?=1\d{10}$)/, '')
  const numbers = [card.mobile, card.phone].filter(Boolean)
  phones.forEach((field, index) => put(field, field.format === 'mobile' ? digits(numbers[index] ?? '') : (numbers[index] ?? '')))

  const text = (pattern: RegExp) => free.find(field => field.type === 'text' && pattern.test(`${field.key} ${field.label}`))
  put(text(/^(?:contact|person)|联系人|contact/i), card.name)
  put(text(/company|公司|单位/i), card.company)
  put(text(/title|position|job|职务|职位/i), card.title)
  // A person's form is named after the person, a company's after the company.
  const named = free.find(field => field.key === 'name')
  put(named, kind === 'customers' || Object.values(values).includes(card.name) ? card.company || card.name : card.name)
  put(free.find(field => field.type === 'email'), card.email)
  put(free.find(field => field.type === 'location') ?? text(/address|地址/i), card.address)
  return values
}
