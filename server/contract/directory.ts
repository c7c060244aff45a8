import { z } from 'zod'
import { accountRef, id, idParams, line, page, paging, timestamp } from './common.ts'
import { defineRoutes } from './route.ts'

export const department = z.object({
  id,
  /** DingTalk's own id; null for a department that did not come from DingTalk. */
  dingtalkId: z.int().nullable(),
  name: z.string(),
  parentId: id.nullable(),
  order: z.number(),
  /** Accounts directly in it, and in it or below. */
  members: z.int(),
  membersBelow: z.int(),
  /** The parent is outside what the app may read; the department hangs under the root instead. */
  parentOutOfScope: z.boolean(),
})
export type Department = z.infer<typeof department>

export const account = accountRef.extend({
  title: z.string().nullable(),
  mobile: z.string().nullable(),
  email: z.string().nullable(),
  jobNumber: z.string().nullable(),
  role: z.enum(['admin', 'member']),
  status: z.enum(['active', 'disabled']),
  departments: z.array(z.object({ id, name: z.string(), leader: z.boolean() })),
  binding: z
    .object({
      userid: z.string(),
      /** present: seen in the last crawl; out_of_scope: exists, but the app may not read it; gone: left the company. */
      state: z.enum(['present', 'out_of_scope', 'gone']),
      activated: z.boolean(),
    })
    .nullable(),
  lastLoginAt: timestamp.nullable(),
})
export type Account = z.infer<typeof account>

/** As the organisation shows it. */
export const placedAccount = account.extend({
  /** Which of the departments is the main one; `chosen` by an administrator, it stays while the person is in it. */
  mainDepartment: z.object({ id, chosen: z.boolean() }).nullable(),
})
export type PlacedAccount = z.infer<typeof placedAccount>

export const directoryRoutes = defineRoutes({
  'GET /api/directory/departments': {
    summary: 'All departments, parents before children',
    access: 'admin',
    response: z.object({ departments: z.array(department) }),
  },
  'GET /api/directory/accounts': {
    summary: 'Accounts, by department (with those below) and keyword',
    access: 'admin',
    query: paging.extend({ departmentId: id.optional(), q: line(100).optional(), status: z.enum(['active', 'disabled']).optional() }),
    response: page(placedAccount),
  },
  'PUT /api/directory/accounts/:id/main-department': {
    summary: 'Choose a person\'s main department among those they are in; null gives the choice back to the sync',
    access: 'admin',
    params: idParams,
    body: z.object({ departmentId: id.nullable() }),
    response: placedAccount,
    errors: ['not_in_department'],
  },
  'GET /api/directory/colleagues/:id': {
    summary: 'How to reach a colleague in DingTalk; userid is null for an account that is not bound to a member',
    access: 'account',
    params: idParams,
    response: z.object({ userid: z.string().nullable() }),
    errors: ['not_found'],
  },
})
