import type { Work } from '../parts.ts'
import { AppError, invalid } from '../../../http/app-error.ts'
import { kindOf } from '../kinds/index.ts'
import { fetchStored } from './fetch.ts'
import { rightsOf } from './rights.ts'

/**
 * Whether the person may write about this customer. Cordys does not look when they are the follow-up's owner, a
 * defect (cordys-api §5.8), and never where a contact is put (§5.6), so it is looked at here.
 */
export async function checkParent({ cordys, kind, user }: Work, customerId: unknown): Promise<void> {
  if (kind.kind === 'customers')
    return
  if (typeof customerId !== 'string')
    throw invalid([{ path: 'values.customer', message: 'required' }])
  const customers = kindOf('customers')
  const customer = await fetchStored({ cordys, kind: customers }, customerId).catch((error: unknown) => {
    throw error instanceof AppError && error.code === 'not_found' ? invalid([{ path: 'values.customer', message: 'not_found' }]) : error
  })
  if (kind.kind === 'follow-ups' && !rightsOf(customers, user, customer).includes('follow'))
    throw new AppError('forbidden')
}
