import type { Call } from '../http/endpoint.ts'
import type { World } from '../world.ts'
import { z } from 'zod'
import { get, post } from '../http/endpoint.ts'
import { business } from '../http/envelope.ts'
import { inScope } from '../organization/scope.ts'
import { audit, ownership } from './audit.ts'
import { valid } from './customer-endpoints.ts'
import { ownerOf, scoped } from './customers.ts'
import { paged, readPage } from './page.ts'

const READ = { C: 'CUSTOMER_MANAGEMENT:READ' }

const repeatSchema = z.object({ id: z.string().min(1), value: z.string().min(1), formKey: z.string().min(1) })

/** Is this value of a unique field in use, and by whom? */
function checkRepeat({ world, body }: Call) {
  const { id, value, formKey } = valid(repeatSchema, body)
  if (formKey !== 'customer' && formKey !== 'contact')
    return { repeat: false, name: null }
  const field = world.forms[formKey].fields.find(item => item.id === id)
  const rows = formKey === 'customer' ? [...world.customers.values()] : [...world.contacts.values()]
  const found = field && rows.find(({ values }) => (field.businessKey === null ? values.custom.get(field.id) : values.business[field.businessKey]) === value)
  return { repeat: found !== undefined, name: world.users.get(String(found?.values.business.owner))?.name ?? null }
}

const mask = (text: string) => (text.length <= 2 ? '**' : `${text[0]}${'*'.repeat(text.length - 2)}${text.at(-1)}`)

/** Searches the whole organisation; what the caller may not see is masked (cordys-api §5.9). */
function searchCustomers({ world, user, body }: Call) {
  const request = readPage(body)
  const keyword = request.keyword?.trim() ?? ''
  const found = [...world.customers.values()].filter(row => String(row.values.business.name).includes(keyword))
  const { rows, ...rest } = paged(found, request)
  const list = rows.map((row) => {
    const hasPermission = inScope(world, user, ownerOf(row))
    const name = String(row.values.business.name)
    const owner = world.users.get(ownerOf(row) ?? '')
    return {
      id: row.id,
      name: hasPermission ? name : mask(name),
      owner: ownerOf(row),
      ownerName: owner?.name ?? null,
      departmentName: world.departments.get(owner?.departmentId ?? '')?.name ?? null,
      hasPermission,
      createTime: row.createTime,
      moduleFields: [],
      followTime: row.followTime,
    }
  })
  return { list, ...rest, optionMap: {} }
}

function views(world: World, userId: string, resource: string) {
  return world.views.filter(view => view.userId === userId && view.resource === resource)
}

const viewSchema = z.object({ name: z.string().min(1).max(255), searchMode: z.enum(['AND', 'OR']).default('AND'), conditions: z.array(z.unknown()).default([]) })

export const moreEndpoints = [
  post('/field/check/repeat', checkRepeat),
  post('/global/search/account', searchCustomers),
  get('/account/view/list', ({ world, user }) => views(world, user.id, 'account').map(({ id, name, fixed, enable }) => ({ id, name, fixed, enable }))),
  post('/account/view/add', ({ world, user, body }) => {
    const view = { id: world.newId(), userId: user.id, resource: 'account', fixed: false, enable: true, ...valid(viewSchema, body) }
    world.views.push(view)
    return { id: view.id, name: view.name }
  }),
  get('/account/view/delete/:id', ({ world, user, params }) => {
    if (!views(world, user.id, 'account').some(view => view.id === params.id))
      throw business('视图不存在')
    world.views = world.views.filter(view => view.id !== params.id)
  }),
  get('/account/collaboration/list/:customerId', ({ world, user, params }) => {
    scoped(world, user, params.customerId!)
    return world.collaborations
      .filter(item => item.customerId === params.customerId)
      .map(item => ({ ...item, userName: world.users.get(item.userId)?.name ?? null, departmentId: null, departmentName: null, ...audit(world, world.customers.get(item.customerId)!) }))
  }, READ),
  // Behind a permission alone: nobody looks whose customer it is.
  get('/account/owner/history/list/:customerId', ({ world, params }) => {
    return world.pastOwners.filter(({ customerId }) => customerId === params.customerId).map(past => ({
      ...past,
      ...ownership(world, past.owner),
      operatorName: world.users.get(past.operator)?.name ?? null,
      reasonId: null,
      reasonName: null,
    }))
  }, { R: ['CUSTOMER_MANAGEMENT:READ', 'CUSTOMER_MANAGEMENT_POOL:READ'] }),
  get('/dict/config/:module', () => ({ enable: false, dictList: [] })),
  get('/organization/settings/third-party/get/:type', ({ world, params }) => {
    const { dingtalk } = world.settings
    if (params.type !== 'DINGTALK' || !dingtalk)
      throw business('当前类型应用未配置')
    const { apiBase: _api, oapiBase: _oapi, verify, ...config } = dingtalk
    return { type: 'DINGTALK', verify, config: { ...config, appSecret: '' } }
  }),
]
