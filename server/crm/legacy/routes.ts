import type { CrmGateway } from './gateway.ts'
import { legacyCrmRoutes as declared } from '#contract/crm/legacy.ts'
import { AppError } from '../../http/app-error.ts'
import { implement } from '../../http/route.ts'

export function legacyCrmRoutes({ crm }: { crm: CrmGateway }) {
  return implement(declared, {
    'GET /api/crm/legacy/capabilities': (_, { caller }) => crm.capabilities(caller.account),
    'GET /api/crm/legacy/overview': (_, { caller }) => crm.overview(caller.account),
    'GET /api/crm/legacy/customers': ({ query }, { caller }) => crm.customers.list(caller.account, query),
    'GET /api/crm/legacy/customers/:id': ({ params }, { caller }) => crm.customers.get(caller.account, params.id),
    'POST /api/crm/legacy/customers': ({ body }, { caller }) => crm.customers.create(caller.account, body),
    'PATCH /api/crm/legacy/customers/:id': ({ params, body }, { caller }) => crm.customers.patch(caller.account, params.id, body),
    'GET /api/crm/legacy/owners': async ({ query }, { caller }) => ({ owners: await crm.owners(caller.account, query) }),
    'POST /api/crm/legacy/sample-data': async (_, { caller }) => {
      if (!crm.fillSampleData)
        throw new AppError('not_found')
      return { customers: await crm.fillSampleData(caller.account) }
    },
  })
}
