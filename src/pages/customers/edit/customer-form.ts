import type { AccountRef } from '#contract/common.ts'
import type { Customer } from '#contract/crm/legacy.ts'
import type { ApiInput } from '#contract/index.ts'
import type { FormDescription, FormField, FormValues } from '../../../components/record-form/types.ts'
import { t } from '../../../locales/index.ts'
import { statuses } from '../list/filters.ts'

type CustomerDraft = ApiInput<'POST /api/crm/legacy/customers'>['body']
type CustomerPatch = Partial<CustomerDraft>

const levels = ['A', 'B', 'C'] as const
const sources = ['visit', 'referral', 'website', 'exhibition', 'phone', 'other'] as const

/** The limits are those of `server/contract/crm/legacy.ts`. */
export function customerForm(can: { assignOwner: boolean }): FormDescription {
  const label = (key: Parameters<typeof customerLabel>[0]) => customerLabel(key)
  const owner: FormField = { key: 'owner', type: 'account', label: label('owner') }
  return {
    groups: [
      {
        title: t('customer.groups.basic'),
        fields: [
          { key: 'name', type: 'text', label: label('name'), required: true, max: 200, placeholder: t('customer.placeholders.name'), wide: true },
          {
            key: 'status',
            type: 'choice',
            label: label('status'),
            options: statuses.map(value => ({ value, label: t(`customers.status.${value}`) })),
            wide: true,
          },
          { key: 'level', type: 'choice', label: label('level'), options: levels.map(value => ({ value, label: value })), wide: true },
          { key: 'phone', type: 'phone', label: label('phone'), max: 40, placeholder: t('customer.placeholders.phone') },
          ...(can.assignOwner ? [owner] : []),
        ],
      },
      {
        title: t('customer.groups.next'),
        fields: [
          { key: 'nextStep', type: 'text', label: label('nextStep'), max: 200, placeholder: t('customer.placeholders.nextStep'), wide: true },
          { key: 'nextStepAt', type: 'datetime', label: label('nextStepAt'), hint: t('customer.hints.nextStepAt'), wide: true },
        ],
      },
      {
        title: t('customer.groups.more'),
        fields: [
          {
            key: 'source',
            type: 'choice',
            label: label('source'),
            options: sources.map(value => ({ value, label: t(`customer.sources.${value}`) })),
            wide: true,
          },
          { key: 'industry', type: 'text', label: label('industry'), max: 60 },
          { key: 'region', type: 'text', label: label('region'), max: 60 },
          { key: 'address', type: 'text', label: label('address'), max: 200, wide: true },
          { key: 'remark', type: 'textarea', label: label('remark'), max: 3000, placeholder: t('customer.placeholders.remark'), wide: true },
        ],
      },
    ],
  }
}

function customerLabel(
  key: 'name' | 'status' | 'level' | 'source' | 'industry' | 'phone' | 'region' | 'address' | 'nextStep' | 'nextStepAt' | 'remark' | 'owner',
): string {
  return t(`customer.fields.${key}`)
}

/** What a new customer starts with. */
export function emptyCustomer(owner: AccountRef | null): FormValues {
  return {
    name: '',
    status: 'potential',
    level: 'B',
    source: 'other',
    industry: '',
    phone: '',
    region: '',
    address: '',
    nextStep: '',
    nextStepAt: null,
    remark: '',
    owner,
  }
}

/** A stored customer as the form shows it. */
export function valuesOf(customer: Customer): FormValues {
  const keys = Object.keys(emptyCustomer(null)).filter(key => key !== 'owner') as Exclude<keyof Customer & keyof CustomerPatch, 'owner'>[]
  return { ...Object.fromEntries(keys.map(key => [key, customer[key]])), owner: customer.owner }
}

/** Form values as the API takes them: the owner by id, the server checks the rest. */
export function bodyOf(values: FormValues): CustomerPatch {
  const { owner, ...rest } = values
  const ownerId = typeof owner === 'object' && owner ? owner.id : undefined
  return { ...(rest as CustomerPatch), ...(ownerId && { ownerId }) }
}

/** Names the API uses for fields of the form. */
export const issueAliases = { ownerId: 'owner' } as const
