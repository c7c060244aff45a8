import type { Db } from '../../db/index.ts'
import type { RecordsInSight } from './sight.ts'
import { roleRoutes as declared } from '#contract/people/roles.ts'
import { implement } from '../../http/route.ts'
import { assignRoles, personRights } from './person.ts'
import { assignDepartments, changeRole, listRoles } from './roles.ts'
import { sightOf } from './sight.ts'

export function roleRoutes({ db, recordsInSight }: { db: Db, recordsInSight: RecordsInSight }) {
  const roles = async () => ({ roles: await listRoles(db) })
  return implement(declared, {
    'GET /api/roles': roles,
    'PUT /api/roles/:role': async ({ params, body }, { caller }) => {
      await changeRole(db, params.role, body, caller.account.name)
      return roles()
    },
    'PUT /api/roles/:role/departments': async ({ params, body }) => {
      await assignDepartments(db, params.role, body.departmentIds)
      return roles()
    },
    'GET /api/accounts/:id/rights': ({ params }) => personRights(db, params.id),
    'PUT /api/accounts/:id/rights': async ({ params, body }, { caller }) => {
      await assignRoles(db, params.id, body, caller.account.id)
      return personRights(db, params.id)
    },
    'GET /api/accounts/:id/sight': ({ params }) => sightOf(db, params.id, recordsInSight),
  })
}
