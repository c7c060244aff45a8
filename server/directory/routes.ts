import type { Directory } from './index.ts'
import { directoryRoutes as declared } from '#contract/directory.ts'
import { implement } from '../http/route.ts'

export function directoryRoutes({ directory }: { directory: Directory }) {
  return implement(declared, {
    'GET /api/directory/departments': async () => ({ departments: await directory.listDepartments() }),
    'GET /api/directory/accounts': ({ query }) => directory.listAccounts(query),
    'PUT /api/directory/accounts/:id/main-department': ({ params, body }) => directory.chooseMainDepartment(params.id, body.departmentId),
    'GET /api/directory/colleagues/:id': async ({ params }) => ({ userid: await directory.useridOf(params.id) }),
  })
}
