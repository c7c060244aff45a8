import type { AppCaller } from '../calls/app-caller.ts'
import type { CallOptions } from '../options.ts'
import type { DepartmentDetail, SubDepartment } from './departments.ts'
import type { ListedMember, MemberDetail } from './member.ts'
import { z } from 'zod'
import { list, number, userid } from '../shapes.ts'
import { departmentReads } from './departments.ts'
import { memberReads } from './members.ts'
import { contactCaller } from './read.ts'

/** What the app may read (dingtalk-server-api §4.2): the roots of every crawl. */
export interface AuthScopes {
  /** 1 = the whole company. Each counts with its subtree. */
  deptIds: number[]
  userids: string[]
  /** Field names DingTalk grants, in its old v1 spelling. */
  fields: string[]
}

/**
 * `gone` = no such person in this company any more (60121, 33012); `outOfScope` = exists, but the app may not
 * read it (50002). Everything else is thrown.
 */
export type UserLookup = { status: 'found', member: MemberDetail } | { status: 'gone' } | { status: 'outOfScope' }

export type DepartmentLookup = { status: 'found', department: DepartmentDetail } | { status: 'gone' } | { status: 'outOfScope' }

/** `external` = an external contact, not an employee. */
export type UnionidLookup = { status: 'found', userid: string, contactType: 'internal' | 'external' } | { status: 'gone' }

/** Reading the contacts. Every function throws DingTalkError; the priority is `sync` unless noted. */
export interface Contacts {
  /** Counts against the monthly quota, so ask once per crawl. */
  authScopes: (options?: CallOptions) => Promise<AuthScopes>
  /** One level below `deptId`. */
  listSubDepartments: (deptId: number, options?: CallOptions) => Promise<SubDepartment[]>
  getDepartment: (deptId: number, options?: CallOptions) => Promise<DepartmentLookup>
  /** Direct members; `nextCursor` is undefined on the last page. `size` at most 100. */
  listUsers: (deptId: number, cursor?: number, size?: number, options?: CallOptions) => Promise<{ members: ListedMember[], nextCursor?: number }>
  getUser: (userid: string, options?: CallOptions) => Promise<UserLookup>
  /** Priority `login`. */
  getByUnionid: (unionid: string, options?: CallOptions) => Promise<UnionidLookup>
  /** sysLevel: 1 main administrator, 2 sub-administrator. Priority `interactive`. */
  listAdmins: (options?: CallOptions) => Promise<{ userid: string, sysLevel: number }[]>
  /** Not limited by the authorized scope. Priority `interactive`. */
  countUsers: (onlyActive: boolean, options?: CallOptions) => Promise<number>
}

const scopes = z.object({ auth_user_field: list(z.string()), auth_org_scopes: z.object({ authed_dept: list(number), authed_user: list(userid) }) })

/** The contact reads of dingtalk-server-api §4. */
export function createContacts(call: AppCaller): Contacts {
  const read = contactCaller(call)
  return {
    authScopes: async (options = {}) => {
      const got = await call({
        family: 'oapi',
        method: 'GET',
        api: '/auth/scopes',
        policy: 'read',
        priority: options.priority ?? 'sync',
        signal: options.signal,
        schema: scopes,
      })
      return { deptIds: got.auth_org_scopes.authed_dept, userids: got.auth_org_scopes.authed_user, fields: got.auth_user_field }
    },
    ...departmentReads(read),
    ...memberReads(read),
  }
}
