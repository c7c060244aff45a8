import type { Work } from '../parts.ts'
import type { SaveBody } from './body.ts'
import { AppError, invalid } from '../../../http/app-error.ts'
import { kindOf } from '../kinds/index.ts'
import { fetchDetail } from './get.ts'
import { rightsOf } from './rights.ts'

/**
 * Whether the person may write about this customer. Cordys does not look when they are the follow-up's owner, a
 * defect (cordys-api §5.8), so it is looked at here.
 */
export async function checkParent({ cordys, kind, user }: Work, body: SaveBody): Promise<void> {
  if (kind.kind === 'customers')
    return
  const { customerId } = body
  if (typeof customerId !== 'string')
    throw invalid([{ path: 'values.customer', message: 'required' }])
  const customers = kindOf('customers')
  const customer = await fetchDetail({ cordys, kind: customers }, customerId).catch((error: unknown) => {
    throw error instanceof AppError && error.code === 'not_found' ? invalid([{ path: 'values.customer', message: 'not_found' }]) : error
  })
  if (kind.kind === 'follow-ups' && !rightsOf(customers, user, customer).includes('follow'))
    throw new AppError('forbidden')
}
