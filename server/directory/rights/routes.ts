import type { RoleRights } from '#contract/people/rights.ts'
import type { PersonRights, RoleList } from '#contract/people/roles.ts'
import type { Db } from '../../db/index.ts'
import type { RecordsInSight } from './sight.ts'
import { roleRoutes as declared } from '#contract/people/roles.ts'
import { AppError } from '../../http/app-error.ts'
import { implement } from '../../http/route.ts'
import { assignRoles, personRights } from './person.ts'
import { assignDepartments, changeRole, listRoles } from './roles.ts'
import { readRoleRights } from './settings.ts'
import { sightOf } from './sight.ts'

interface Given {
  db: Db
  /** undefined: records are kept by a CRM of its own, whose roles decide. */
  recordsInSight: RecordsInSight | undefined
}

export function roleRoutes({ db, recordsInSight }: Given) {
  const elsewhere = recordsInSight === undefined
  const roles = async (): Promise<RoleList> => ({ roles: await listRoles(db), elsewhere })
  const rightsOf = async (id: string): Promise<PersonRights> => ({ ...(await personRights(db, id)), elsewhere })
  return implement(declared, {
    'GET /api/roles': roles,
    'PUT /api/roles/:role': async ({ params, body }, { caller }) => {
      if (elsewhere && !differOnlyInAnnouncing((await readRoleRights(db))[params.role], body))
        throw new AppError('rights_elsewhere')
      await changeRole(db, params.role, body, caller.account.name)
      return roles()
    },
    'PUT /api/roles/:role/departments': async ({ params, body }) => {
      await assignDepartments(db, params.role, body.departmentIds)
      return roles()
    },
    'GET /api/accounts/:id/rights': ({ params }) => rightsOf(params.id),
    'PUT /api/accounts/:id/rights': async ({ params, body }, { caller }) => {
      await assignRoles(db, params.id, body, caller.account.id)
      return rightsOf(params.id)
    },
    'GET /api/accounts/:id/sight': async ({ params }) => {
      const rights = await rightsOf(params.id)
      return recordsInSight ? { rights, ...(await sightOf(db, params.id, recordsInSight)) } : { rights, canLogIn: true, owners: null, records: [] }
    },
  })
}

/** Announcements are ours wherever the records are. */
function differOnlyInAnnouncing(before: RoleRights, after: RoleRights): boolean {
  const others = ({ abilities }: RoleRights) => [...new Set(abilities)].filter(ability => ability !== 'announce').sort().join()
  return before.scope === after.scope && others(before) === others(after)
}
