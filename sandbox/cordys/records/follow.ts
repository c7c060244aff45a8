import type { Call } from '../http/endpoint.ts'
import type { World } from '../world.ts'
import type { FollowRow } from './types.ts'
import { z } from 'zod'
import { save } from '../forms/save.ts'
import { attachmentMap, moduleFields, optionMap } from '../forms/show.ts'
import { business, denied } from '../http/envelope.ts'
import { inScope } from '../organization/scope.ts'
import { audit, ownership, written } from './audit.ts'
import { valid } from './customer-endpoints.ts'
import { missing, ownerOf, reachable } from './customers.ts'
import { paged, readPage } from './page.ts'
import { select } from './select.ts'

const content = z.string().max(3000).nullish()
const addSchema = z.object({ type: z.enum(['CUSTOMER', 'CLUE']), customerId: z.string().nullish(), owner: z.string().nullish(), content })
const updateSchema = z.object({ id: z.string().min(1), content })

/** What is kept next to the form's business keys. */
const parentKeys = ['type', 'customerId', 'clueId', 'opportunityId', 'contactId']

function view(world: World, row: FollowRow) {
  const { business: own } = row.values
  const contact = world.contacts.get(String(own.contactId))
  return {
    id: row.id,
    type: own.type ?? null,
    customerId: own.customerId ?? null,
    customerName: world.customers.get(String(own.customerId))?.values.business.name ?? null,
    opportunityId: own.opportunityId ?? null,
    opportunityName: null,
    clueId: own.clueId ?? null,
    clueName: null,
    content: own.content ?? null,
    organizationId: '100001',
    followTime: own.followTime ?? null,
    followMethod: own.followMethod ?? null,
    ...ownership(world, own.owner),
    contactId: own.contactId ?? null,
    contactName: contact?.values.business.name ?? null,
    phone: contact?.values.business.phone ?? null,
    commentCount: 0,
    poolId: null,
    resourceType: own.type ?? null,
    moduleFields: moduleFields(row.values),
    ...audit(world, row),
  }
}

/** Below `/account/follow` the installer's XSS filter escapes what comes in; below `/follow` it does not (cordys-api §1.1). */
export function escaped(body: Record<string, unknown>): Record<string, unknown> {
  const html: Record<string, string> = { '<': '&lt;', '>': '&gt;', '"': '&quot;', '&': '&amp;' }
  return Object.fromEntries(Object.entries(body).map(([key, value]) => [key, typeof value === 'string' ? value.replace(/[<>"&]/g, sign => html[sign]!) : value]))
}

function saved(world: World, body: Record<string, unknown>, before?: FollowRow) {
  const values = save({ form: world.forms.record, body, before: before?.values, taken: () => false, nextSerial: world.nextSerial })
  for (const key of parentKeys) {
    if (body[key] !== null && body[key] !== undefined)
      values.business[key] = body[key]
  }
  return values
}

export function addRecord({ world, user, body }: Call) {
  const { customerId, owner } = valid(addSchema, body)
  // The defect: with oneself as the owner, the target is not checked at all (cordys-api §5.8).
  const customer = owner === user.id ? world.customers.get(customerId ?? '') : reachable(world, user, customerId ?? '', 'UPDATE')
  const row: FollowRow = { id: world.newId(), values: saved(world, body), ...written(world, user.id) }
  world.follows.set(row.id, row)
  if (customer)
    Object.assign(customer, { follower: row.values.business.owner ?? user.id, followTime: row.values.business.followTime ?? world.now() })
  return { id: row.id, ...row.values.business, organizationId: '100001', ...audit(world, row) }
}

/** Only the record's owner may; not even `admin` (cordys-api §5.8). */
function own({ world, user }: Call, id: string): FollowRow {
  const row = world.follows.get(id)
  if (!row || row.values.business.owner !== user.id)
    throw business('没有操作权限')
  return row
}

export function updateRecord(call: Call) {
  const { world, user, body } = call
  const row = own(call, valid(updateSchema, body).id)
  Object.assign(row, { values: saved(world, body, row), updateUser: user.id, updateTime: world.now() })
  return { id: row.id, ...row.values.business, organizationId: '100001', ...audit(world, row) }
}

export function deleteRecord(call: Call): void {
  call.world.follows.delete(own(call, call.params.id!).id)
}

/** Behind a permission alone; below `/account/follow` a service looks at the customer, except where one's own record is read (cordys-api §5.8). */
export function getRecord({ world, params }: Call) {
  const row = world.follows.get(params.id!)
  return row ? detail(world, row) : missing(world)
}

export function getRecordOfCustomer(call: Call) {
  const { world, user, params } = call
  const row = world.follows.get(params.id!)
  if (row && row.values.business.owner !== user.id)
    reachable(world, user, String(row.values.business.customerId), 'READ')
  return getRecord(call)
}

function detail(world: World, row: FollowRow) {
  return { ...view(world, row), optionMap: optionMap(world, world.forms.record, [row.values]), attachmentMap: attachmentMap(world.forms.record, row.values) }
}

const valueOf = (row: FollowRow, name: string) => row.values.business[name] ?? row.values.custom.get(name) ?? row[name as keyof FollowRow]

function page(world: World, body: unknown, userId: string, rows: FollowRow[]) {
  const request = readPage(body, { view: true })
  const found = select(rows, { request, caller: userId, now: world.now(), valueOf, texts: row => [row.values.business.content] })
  const { rows: shown, ...rest } = paged(found, request)
  return { list: shown.map(row => view(world, row)), ...rest, optionMap: optionMap(world, world.forms.record, shown.map(row => row.values)) }
}

/** The records of one customer. */
export function pageOfCustomer({ world, user, body }: Call) {
  const { sourceId } = valid(z.object({ sourceId: z.string().min(1) }), body)
  reachable(world, user, sourceId, 'READ')
  return page(world, body, user.id, [...world.follows.values()].filter(row => row.values.business.customerId === sourceId))
}

/** All records the caller may see, by their owner. */
export function pageOfAll({ world, user, body }: Call) {
  const rows = [...world.follows.values()].filter((row) => {
    const customer = world.customers.get(String(row.values.business.customerId))
    const owner = (row.values.business.owner as string | undefined) ?? null
    return body.viewId === 'SELF' ? owner === user.id : inScope(world, user, owner) || (customer && inScope(world, user, ownerOf(customer)))
  })
  if (rows.length === 0 && !user.roleIds.length && user.id !== 'admin')
    throw denied()
  return page(world, body, user.id, rows)
}
