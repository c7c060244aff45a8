import type { Endpoint } from '../gateway/endpoint.ts'
import { z } from 'zod'
import { endpoint } from '../gateway/endpoint.ts'
import { numeric, text } from '../gateway/input.ts'
import { ROOT_ID } from '../world/directory.ts'
import { knownDepartment, knownMember, readableDepartment } from './lookup.ts'
import { departmentDetail, departmentSummary } from './views.ts'

const POST = { family: 'old', method: 'POST', auth: 'app', permission: 'qyapi_get_department_list' } as const
const byDepartment = z.object({ dept_id: numeric })

/** dingtalk-server-api §4.3: one level per call; only listsub and get look at the authorized scope. */
export const departmentEndpoints: Endpoint[] = [
  endpoint({
    ...POST,
    path: '/topapi/v2/department/listsub',
    input: z.object({ dept_id: numeric.default(ROOT_ID) }),
    handle({ dept_id }, { world }) {
      readableDepartment(world, dept_id)
      return { result: world.directory.childrenOf(dept_id).map(departmentSummary) }
    },
  }),
  endpoint({
    ...POST,
    path: '/topapi/v2/department/listsubid',
    input: byDepartment,
    handle({ dept_id }, { world }) {
      knownDepartment(world, dept_id)
      return { result: { dept_id_list: world.directory.childrenOf(dept_id).map(child => child.deptId) } }
    },
  }),
  endpoint({
    ...POST,
    path: '/topapi/v2/department/get',
    input: byDepartment,
    handle: ({ dept_id }, { world }) => ({ result: departmentDetail(world, readableDepartment(world, dept_id)) }),
  }),
  endpoint({
    ...POST,
    path: '/topapi/v2/department/listparentbydept',
    input: byDepartment,
    handle({ dept_id }, { world }) {
      knownDepartment(world, dept_id)
      return { result: { parent_id_list: world.directory.pathToRoot(dept_id) } }
    },
  }),
  endpoint({
    ...POST,
    path: '/topapi/v2/department/listparentbyuser',
    input: z.object({ userid: text }),
    handle({ userid }, { world }) {
      const { deptIds } = knownMember(world, userid)
      return { result: { parent_list: deptIds.map(id => ({ parent_dept_id_list: world.directory.pathToRoot(id) })) } }
    },
  }),
]
