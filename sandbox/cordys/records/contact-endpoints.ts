import type { Call } from '../http/endpoint.ts'
import type { World } from '../world.ts'
import type { ContactRow } from './types.ts'
import { get, post } from '../http/endpoint.ts'
import { inScope } from '../organization/scope.ts'
import { audit, ownership } from './audit.ts'
import { scoped } from './customers.ts'
import { paged, readPage } from './page.ts'
import { select } from './select.ts'

function view(world: World, row: ContactRow) {
  return {
    id: row.id,
    customerId: row.customerId,
    customerName: world.customers.get(row.customerId)?.values.business.name ?? null,
    ...ownership(world, row.owner),
    name: row.name,
    phone: row.phone,
    enable: row.enable,
    disableReason: null,
    organizationId: '100001',
    moduleFields: [],
    ...audit(world, row),
  }
}

function source({ world, user, body }: Call) {
  const request = readPage(body)
  const rows = select([...world.contacts.values()].filter(row => inScope(world, user, row.owner)), {
    request,
    caller: user.id,
    now: world.now(),
    valueOf: (row, name) => row[name as keyof ContactRow],
    texts: row => [row.name, row.phone],
  })
  const { rows: shown, ...rest } = paged(rows, request)
  return { list: shown.map(row => view(world, row)), ...rest, optionMap: {} }
}

/** Contacts as far as customers and follow-ups need them. */
export const contactEndpoints = [
  get('/account/contact/list/:customerId', ({ world, user, params }) => {
    scoped(world, user, params.customerId!)
    const list = [...world.contacts.values()].filter(row => row.customerId === params.customerId)
    return { list: list.map(row => view(world, row)), optionMap: {} }
  }, { C: 'CUSTOMER_MANAGEMENT:READ' }),
  post('/field/source/contact', source),
  ...['opportunity', 'product', 'lead'].map(kind =>
    post(`/field/source/${kind}`, ({ body }) => {
      const { rows, ...rest } = paged([], readPage(body))
      return { list: rows, ...rest, optionMap: {} }
    }),
  ),
]
