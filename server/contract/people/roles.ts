import { z } from 'zod'
import { accountRef, id, idParams } from '../common.ts'
import { defineRoutes } from '../route.ts'
import { assignableRole, roleKey, roleRights } from './rights.ts'

/** What is assigned to a person, as opposed to what their departments give. */
export const assignedRights = z.object({ administrator: z.boolean(), roles: z.array(assignableRole).max(2) })
export type AssignedRights = z.infer<typeof assignedRights>

const department = z.object({ id, name: z.string(), people: z.int() })

export const role = roleRights.extend({
  key: roleKey,
  /** Accounts it was assigned to one by one, and everybody who has it, also by department. */
  assigned: z.int(),
  people: z.int(),
  /** Departments whose people, with those below, have it. */
  departments: z.array(department),
})
export type Role = z.infer<typeof role>

/** `elsewhere`: records are kept by a CRM of its own, whose roles say who sees and does what; ours only say who may announce. */
export const roleList = z.object({ roles: z.array(role), elsewhere: z.boolean() })
export type RoleList = z.infer<typeof roleList>

/** A person's effective rights, and where they come from. */
export const personRights = z.object({
  administrator: z.boolean(),
  /** Assigned to the person. */
  roles: z.array(assignableRole),
  /** By a department of theirs or one above it. */
  byDepartment: z.array(z.object({ role: assignableRole, department: z.object({ id, name: z.string() }) })),
  /** Nothing is assigned in either way, so the role for everybody counts. */
  byDefault: z.boolean(),
  /** Departments they lead: those and everything below are visible in any case. */
  leads: z.array(z.object({ id, name: z.string() })),
  effective: roleRights,
  /** What they see and do is decided by a CRM of its own. */
  elsewhere: z.boolean(),
})
export type PersonRights = z.infer<typeof personRights>

/** What somebody sees of one kind of records. */
const sightOfKind = z.object({
  kind: z.string(),
  count: z.int(),
  total: z.int(),
  examples: z.array(z.object({ id, name: z.string(), owner: z.string() })),
})

export const sight = z.object({
  rights: personRights,
  /** A disabled or merged account sees nothing, whatever its rights are. */
  canLogIn: z.boolean(),
  /** Whose records they see: everybody's (null), or so many people's. */
  owners: z.object({ count: z.int(), examples: z.array(accountRef) }).nullable(),
  /** Empty when they are kept elsewhere (`rights.elsewhere`). */
  records: z.array(sightOfKind),
})
export type Sight = z.infer<typeof sight>

const roleParams = z.object({ role: assignableRole })

export const roleRoutes = defineRoutes({
  'GET /api/roles': { summary: 'The roles with their rights and who has them', access: 'admin', response: roleList },
  'PUT /api/roles/:role': {
    summary: 'Change what a role shows and allows; the administrator\'s cannot be changed',
    access: 'admin',
    params: roleParams,
    body: roleRights,
    response: roleList,
    errors: ['rights_elsewhere'],
  },
  'PUT /api/roles/:role/departments': {
    summary: 'Assign a role to departments, each with those below; departments left out lose it',
    access: 'admin',
    params: roleParams,
    body: z.object({ departmentIds: z.array(id).max(500) }),
    response: roleList,
    errors: ['department_unknown'],
  },
  'GET /api/accounts/:id/rights': { summary: 'A person\'s rights and where they come from', access: 'admin', params: idParams, response: personRights },
  'PUT /api/accounts/:id/rights': {
    summary: 'Assign roles to a person',
    access: 'admin',
    params: idParams,
    /** `before`: what was on screen when it was decided; when that no longer stands, nothing is changed. */
    body: assignedRights.extend({ before: assignedRights.optional() }),
    response: personRights,
    errors: ['rights_changed', 'last_administrator', 'own_account', 'account_merged', 'account_disabled'],
  },
  'GET /api/accounts/:id/sight': {
    summary: 'What a person can see: counts and examples by their real scope',
    access: 'admin',
    params: idParams,
    response: sight,
  },
})
