import type { Call } from '../http/endpoint.ts'
import type { World } from '../world.ts'
import { get, post } from '../http/endpoint.ts'
import { invalid } from '../http/envelope.ts'
import { tabs } from './scope.ts'

const wantsDisabled = ({ query }: Call) => query.includeDisabled === 'true'

function userOptions(call: Call) {
  return [...call.world.users.values()]
    .filter(user => user.id !== 'admin' && (user.enable || wantsDisabled(call)))
    .map(({ id, name, enable }) => ({ id, name, enable }))
}

function departmentNodes(world: World, parentId: string): object[] {
  return [...world.departments.values()]
    .filter(department => department.parentId === parentId)
    .map(({ id, name }) => ({ id, name, parentId, organizationId: '100001', children: departmentNodes(world, id) }))
}

/** Departments with their people: what member pickers are filled with. */
function peopleNodes(call: Call, parentId: string): object[] {
  const { world } = call
  return [...world.departments.values()]
    .filter(department => department.parentId === parentId)
    .map(({ id, name }) => ({
      id,
      name,
      parentId,
      nodeType: 'ORG',
      enabled: true,
      enable: true,
      commander: null,
      children: [
        ...[...world.users.values()]
          .filter(user => user.departmentId === id && (user.enable || wantsDisabled(call)))
          .map(user => ({ id: user.id, name: user.name, parentId: id, nodeType: 'USER', enabled: user.enable, enable: user.enable, commander: false, children: null })),
        ...peopleNodes(call, id),
      ],
    }))
}

const modules = ['home', 'customer', 'clue', 'business', 'product', 'setting', 'dashboard']

export const organizationEndpoints = [
  get('/user/option', userOptions),
  get('/field/dept/tree', ({ world }) => departmentNodes(world, 'NONE')),
  get('/field/user/dept/tree', call => peopleNodes(call, 'NONE')),
  get('/department/tree', ({ world }) => departmentNodes(world, 'NONE'), { R: ['SYS_ORGANIZATION:READ'] }),
  get('/account/tab', ({ world, user }) => tabs(world, user), { C: 'CUSTOMER_MANAGEMENT:READ' }),
  get('/follow/record/tab', ({ world, user }) => tabs(world, user), { R: ['CLUE_MANAGEMENT:READ', 'CUSTOMER_MANAGEMENT:READ'] }),
  post('/module/list', ({ body }) => {
    if (typeof body.organizationId !== 'string')
      throw invalid({ organizationId: '不能为空' })
    return modules.map((moduleKey, pos) => ({ id: moduleKey, moduleKey, enable: true, pos, translateName: moduleKey }))
  }),
  get('/license/validate', () => ({ corporation: null, expired: null, product: null, edition: null, licenseVersion: null, count: 0, status: 'not_found' })),
  get('/system/version', ({ world }) => world.settings.version),
]
