import type { FieldConfig } from '../forms/types.ts'
import type { Call } from '../http/endpoint.ts'
import type { World } from '../world.ts'
import type { ContactRow } from './types.ts'
import { z } from 'zod'
import { save } from '../forms/save.ts'
import { attachmentMap, moduleFields, optionMap } from '../forms/show.ts'
import { get, post } from '../http/endpoint.ts'
import { business } from '../http/envelope.ts'
import { inScope, tabs } from '../organization/scope.ts'
import { audit, ownership, written } from './audit.ts'
import { valid } from './customer-endpoints.ts'
import { missing, scoped } from './customers.ts'
import { paged, readPage } from './page.ts'
import { select } from './select.ts'

/** `X:A` of cordys-api §5.6: by the customer's permission or the contact's own, Shiro's way. */
const X = (action: string) => ({ R: [`CUSTOMER_MANAGEMENT:${action}`, `CUSTOMER_MANAGEMENT_CONTACT:${action}`] })
const READ = { C: 'CUSTOMER_MANAGEMENT_CONTACT:READ' }

const addSchema = z.object({ customerId: z.string().max(32).nullish(), owner: z.string().max(32).nullish(), name: z.string().trim().min(1).max(255), phone: z.string().max(30).nullish() })
const updateSchema = addSchema.partial().extend({ id: z.string().min(1) })

const ownerOf = (row: ContactRow) => (row.values.business.owner as string | undefined) ?? null

function view(world: World, row: ContactRow) {
  const { customerId, name, phone } = row.values.business
  return {
    id: row.id,
    customerId: customerId ?? null,
    customerName: world.customers.get(String(customerId))?.values.business.name ?? null,
    ...ownership(world, ownerOf(row)),
    name: name ?? null,
    phone: phone ?? null,
    enable: row.enable,
    disableReason: null,
    organizationId: '100001',
    moduleFields: moduleFields(row.values),
    ...audit(world, row),
  }
}

function listed({ world, user, body }: Call) {
  const request = readPage(body, { view: true })
  const rows = [...world.contacts.values()].filter(row => inScope(world, user, ownerOf(row)) && (request.viewId !== 'SELF' || ownerOf(row) === user.id))
  const found = select(rows, {
    request,
    caller: user.id,
    now: world.now(),
    valueOf: (row, name) => row.values.business[name] ?? row.values.custom.get(name) ?? row[name as keyof ContactRow],
    texts: row => [row.values.business.name, row.values.business.phone],
  })
  const { rows: shown, ...rest } = paged(found, request)
  return { list: shown.map(row => view(world, row)), ...rest, optionMap: optionMap(world, world.forms.contact, shown.map(row => row.values)) }
}

function takenIn(world: World, id?: string) {
  return (field: FieldConfig, value: unknown) =>
    [...world.contacts.values()].some(row => row.id !== id && (field.businessKey === null ? row.values.custom.get(field.id) : row.values.business[field.businessKey]) === value)
}

function add({ world, user, body }: Call) {
  valid(addSchema, body)
  const values = save({ form: world.forms.contact, body, taken: takenIn(world), nextSerial: world.nextSerial })
  const row: ContactRow = { id: world.newId(), values, enable: true, ...written(world, user.id) }
  world.contacts.set(row.id, row)
  return { id: row.id, ...values.business, ...audit(world, row) }
}

function found(world: World, id: string): ContactRow {
  const row = world.contacts.get(id)
  if (!row)
    throw business('联系人不存在')
  return row
}

function update({ world, user, body }: Call) {
  const row = found(world, valid(updateSchema, body).id)
  const values = save({ form: world.forms.contact, body, before: row.values, taken: takenIn(world, row.id), nextSerial: world.nextSerial })
  Object.assign(row, { values, updateUser: user.id, updateTime: world.now() })
  return { id: row.id, ...values.business, ...audit(world, row) }
}

/** Behind a permission alone: nobody looks whose contact it is (cordys-api §5.6). */
function detail({ world, params }: Call) {
  const row = world.contacts.get(params.id!)
  if (!row)
    return missing(world)
  return { ...view(world, row), optionMap: optionMap(world, world.forms.contact, [row.values]), attachmentMap: attachmentMap(world.forms.contact, row.values) }
}

/** Contacts (cordys-api §5.6), and the data sources that are empty here. */
export const contactEndpoints = [
  get('/account/contact/module/form', ({ world }) => world.forms.contact, { R: [...X('READ').R, 'OPPORTUNITY_MANAGEMENT:READ'] }),
  get('/account/contact/tab', ({ world, user }) => tabs(world, user), READ),
  post('/account/contact/page', listed, READ),
  get('/account/contact/list/:customerId', ({ world, user, params }) => {
    scoped(world, user, params.customerId!)
    const list = [...world.contacts.values()].filter(row => row.values.business.customerId === params.customerId)
    return { list: list.map(row => view(world, row)), optionMap: {} }
  }, { C: 'CUSTOMER_MANAGEMENT:READ' }),
  get('/account/contact/get/:id', detail, X('READ')),
  post('/account/contact/add', add, X('ADD')),
  post('/account/contact/update', update, X('UPDATE')),
  get('/account/contact/delete/:id', ({ world, params }) => void world.contacts.delete(found(world, params.id!).id), X('DELETE')),
  post('/field/source/contact', call => listed({ ...call, body: { viewId: 'ALL', ...call.body } })),
  ...['opportunity', 'product', 'lead'].map(kind =>
    post(`/field/source/${kind}`, ({ body }) => {
      const { rows, ...rest } = paged([], readPage(body))
      return { list: rows, ...rest, optionMap: {} }
    })),
]
