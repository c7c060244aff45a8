import type { FieldConfig } from '../forms/types.ts'
import type { Call } from '../http/endpoint.ts'
import type { CordysUser } from '../organization/company.ts'
import type { World } from '../world.ts'
import type { CustomerRow } from './types.ts'
import { z } from 'zod'
import { save } from '../forms/save.ts'
import { attachmentMap, moduleFields, optionMap } from '../forms/show.ts'
import { get, post } from '../http/endpoint.ts'
import { business, denied, invalid, unhandled } from '../http/envelope.ts'
import { inScope } from '../organization/scope.ts'
import { audit, written } from './audit.ts'
import { collaborationOf, listed, missing, ownerOf, scoped, valueOf, view } from './customers.ts'
import { paged, readPage } from './page.ts'

const C = (action: string) => ({ C: `CUSTOMER_MANAGEMENT:${action}` })

const addSchema = z.object({ name: z.string().trim().min(1).max(255), owner: z.string().max(32).nullish() })
const updateSchema = z.object({ id: z.string().min(1), name: z.string().max(255).nullish(), owner: z.string().max(32).nullish() })
const transferSchema = z.object({ ids: z.array(z.string()).min(1), owner: z.string().min(1) })

/** Bean validation of a body. */
export function valid<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body)
  if (parsed.success)
    return parsed.data
  throw invalid(Object.fromEntries(parsed.error.issues.map(issue => [issue.path.join('.'), issue.message])))
}

/** 库容: how many customers one person may own. */
function checkCapacity(world: World, owner: string | null | undefined): void {
  const { capacity } = world.settings
  if (owner === null || owner === undefined)
    throw unhandled('java.lang.NullPointerException: Cannot invoke "String.hashCode()" because "userId" is null')
  const owned = [...world.customers.values()].filter(row => ownerOf(row) === owner).length
  if (capacity !== null && owned >= capacity)
    throw business(`负责人库容不足，剩余${capacity - owned}，请联系管理员!`)
}

function stored(world: World, { id, values, ...row }: CustomerRow) {
  return { id, name: values.business.name, owner: ownerOf({ id, values, ...row }), collectionTime: row.collectionTime, inSharedPool: row.inSharedPool, organizationId: '100001', ...audit(world, row) }
}

/** Remembers the owner a customer had until now. */
function passOn(world: World, operator: CordysUser, row: CustomerRow): void {
  const owner = ownerOf(row)
  if (owner !== null)
    world.pastOwners.push({ id: world.newId(), customerId: row.id, owner, collectionTime: row.collectionTime, endTime: world.now(), operator: operator.id })
  row.collectionTime = world.now()
}

function takenIn(world: World, id?: string) {
  return (field: FieldConfig, value: unknown) =>
    [...world.customers.values()].some(row => row.id !== id && valueOf(row, field.businessKey ?? field.id) === value)
}

function add({ world, user, body }: Call) {
  const { owner } = valid(addSchema, body)
  const values = save({ form: world.forms.customer, body: { ...body, owner: owner ?? user.id }, taken: takenIn(world), nextSerial: world.nextSerial })
  checkCapacity(world, owner ?? user.id)
  const row: CustomerRow = { id: world.newId(), values, collectionTime: world.now(), inSharedPool: false, follower: null, followTime: null, ...written(world, user.id) }
  world.customers.set(row.id, row)
  return stored(world, row)
}

function update({ world, user, body }: Call) {
  const { id, owner } = valid(updateSchema, body)
  const row = scoped(world, user, id)
  const values = save({ form: world.forms.customer, body, before: row.values, taken: takenIn(world, id), nextSerial: world.nextSerial })
  // A missing owner counts as another one (cordys-api §6.4).
  if (owner !== ownerOf(row)) {
    checkCapacity(world, owner)
    passOn(world, user, row)
  }
  Object.assign(row, { values, updateUser: user.id, updateTime: world.now() })
  return stored(world, row)
}

function detail({ world, user, params }: Call) {
  const row = world.customers.get(params.id!)
  if (!row)
    return missing(world)
  if (!inScope(world, user, ownerOf(row)) && !collaborationOf(world, user, row.id))
    throw denied()
  const { inSharedPool: _pool, latestFollowUpTime: _latest, ...shown } = view(world, user, row)
  return { ...shown, optionMap: optionMap(world, world.forms.customer, [row.values]), attachmentMap: attachmentMap(world.forms.customer, row.values) }
}

function page({ world, user, body }: Call) {
  const request = readPage(body, { view: true })
  const { rows, ...rest } = paged(listed(world, user, request), request)
  return { list: rows.map(row => view(world, user, row)), ...rest, optionMap: optionMap(world, world.forms.customer, rows.map(row => row.values)) }
}

function remove({ world, user, params }: Call) {
  const row = scoped(world, user, params.id!)
  if ([...world.contacts.values()].some(contact => contact.values.business.customerId === row.id))
    throw business('客户已被引用，不能删除', 102003)
  world.customers.delete(row.id)
}

function transfer({ world, user, body }: Call) {
  const { ids, owner } = valid(transferSchema, body)
  for (const row of ids.map(id => scoped(world, user, id))) {
    checkCapacity(world, owner)
    passOn(world, user, row)
    row.values.business.owner = owner
    Object.assign(row, { updateUser: user.id, updateTime: world.now() })
  }
}

export const customerEndpoints = [
  get('/account/module/form', ({ world }) => world.forms.customer, { R: ['CUSTOMER_MANAGEMENT:READ', 'CUSTOMER_MANAGEMENT_POOL:READ'] }),
  post('/account/page', page, C('READ')),
  get('/account/get/:id', detail, C('READ')),
  post('/account/add', add, C('ADD')),
  post('/account/update', update, C('UPDATE')),
  get('/account/delete/:id', remove, C('DELETE')),
  post('/account/batch/transfer', transfer, C('TRANSFER')),
  post('/account/option', ({ world, user, body }) => {
    const request = readPage(body)
    const { rows, ...rest } = paged(listed(world, user, request), request)
    return { list: rows.map(row => ({ id: row.id, name: row.values.business.name })), ...rest }
  }, C('READ')),
  // Data sources of pickers: anybody logged in, and what the caller may see.
  post('/field/source/account', ({ world, user, body }) => {
    const request = readPage(body)
    const { rows, ...rest } = paged(listed(world, user, request), request)
    return { list: rows.map(row => ({ id: row.id, name: row.values.business.name, moduleFields: moduleFields(row.values) })), ...rest, optionMap: {} }
  }),
]
