import type { CrmGateway } from './gateway.ts'
import { crmRoutes as declared } from '#contract/crm.ts'
import { AppError } from '../http/app-error.ts'
import { implement } from '../http/route.ts'

export function crmRoutes({ crm }: { crm: CrmGateway }) {
  return implement(declared, {
    'GET /api/crm/capabilities': (_, { caller }) => crm.capabilities(caller.account),
    'GET /api/crm/overview': (_, { caller }) => crm.overview(caller.account),
    'GET /api/crm/customers': ({ query }, { caller }) => crm.customers.list(caller.account, query),
    'GET /api/crm/customers/:id': ({ params }, { caller }) => crm.customers.get(caller.account, params.id),
    'POST /api/crm/customers': ({ body }, { caller }) => crm.customers.create(caller.account, body),
    'PATCH /api/crm/customers/:id': ({ params, body }, { caller }) => crm.customers.patch(caller.account, params.id, body),
    'GET /api/crm/owners': async ({ query }, { caller }) => ({ owners: await crm.owners(caller.account, query) }),
    'POST /api/crm/sample-data': async (_, { caller }) => {
      if (!crm.fillSampleData)
        throw new AppError('not_found')
      return { customers: await crm.fillSampleData(caller.account) }
    },
  })
}
