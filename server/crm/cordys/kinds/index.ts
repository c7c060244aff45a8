import type { RecordKind } from '#contract/crm/kinds.ts'
import type { Kind } from './kind.ts'
import { AppError } from '../../../http/app-error.ts'

export type { Kind } from './kind.ts'

/** cordys-api §5.4 */
const customers: Kind = {
  kind: 'customers',
  path: '/account',
  formPath: '/account/module/form',
  formKey: 'customer',
  permissions: {
    READ: ['CUSTOMER_MANAGEMENT:READ'],
    ADD: ['CUSTOMER_MANAGEMENT:ADD'],
    UPDATE: ['CUSTOMER_MANAGEMENT:UPDATE'],
    DELETE: ['CUSTOMER_MANAGEMENT:DELETE'],
    TRANSFER: ['CUSTOMER_MANAGEMENT:TRANSFER'],
  },
  views: { all: 'ALL', mine: 'SELF', department: 'DEPARTMENT', shared: 'CUSTOMER_COLLABORATION' },
  fixed: {},
  listed: ['customerName', 'customerIndustry', 'customerLevel'],
  sortable: ['name'],
}

const either = (action: string) => [`CUSTOMER_MANAGEMENT:${action}`, `CUSTOMER_MANAGEMENT_CONTACT:${action}`]

/** cordys-api §5.6 */
const contacts: Kind = {
  kind: 'contacts',
  path: '/account/contact',
  formPath: '/account/contact/module/form',
  formKey: 'contact',
  permissions: { READ: ['CUSTOMER_MANAGEMENT_CONTACT:READ'], ADD: either('ADD'), UPDATE: either('UPDATE'), DELETE: either('DELETE') },
  views: { all: 'ALL', mine: 'SELF', department: 'DEPARTMENT' },
  fixed: {},
  listed: ['contactName', 'contactPhone', 'contactCustomer'],
  sortable: ['name'],
}

/**
 * Follow-up records about customers (cordys-api §5.8). They are written below `/follow`, where the installer's XSS
 * filter does not escape what people type. Their type is fixed, and leads and opportunities are not here yet.
 */
const followUps: Kind = {
  kind: 'follow-ups',
  path: '/follow/record',
  otherPath: '/account/follow/record',
  formPath: '/follow/record/module/form',
  formKey: 'record',
  permissions: { READ: ['CUSTOMER_MANAGEMENT:READ', 'CLUE_MANAGEMENT:READ', 'OPPORTUNITY_MANAGEMENT:READ'], ADD: ['CUSTOMER_MANAGEMENT:UPDATE'] },
  views: { all: 'ALL', mine: 'SELF', department: 'DEPARTMENT' },
  fixed: { type: 'CUSTOMER', clueId: null, opportunityId: null },
  listed: ['recordDescription', 'recordMethod', 'recordTime'],
  sortable: ['followTime'],
}

export const kinds = [customers, contacts, followUps]

/** @throws {AppError} crm_unsupported for kinds this gateway does not know yet */
export function kindOf(name: RecordKind): Kind {
  const kind = kinds.find(each => each.kind === name)
  if (!kind)
    throw new AppError('crm_unsupported')
  return kind
}
