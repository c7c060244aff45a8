import type { Db } from '../../db/index.ts'
import { and, count, eq, isNull } from 'drizzle-orm'
import { tables } from '../../db/index.ts'

const { account, accountDepartment, binding, department } = tables

export interface HeldDepartment {
  id: string
  /** null for one that only the CRM knows; a sync leaves it alone. */
  deptId: number | null
  parentId: string | null
  name: string
  order: number
  parentOutOfScope: boolean
}

/** An account with a binding; accounts without one are none of a sync's business. */
export interface HeldAccount {
  id: string
  userid: string
  /** Empty when DingTalk never told it. */
  unionid: string
  state: 'present' | 'out_of_scope' | 'gone'
  activated: boolean
  name: string
  avatar: string | null
  title: string | null
  mobile: string | null
  email: string | null
  jobNumber: string | null
  /** Milliseconds since 1970, as is lastLoginAt. */
  hiredAt: number | null
  role: 'admin' | 'member'
  status: 'active' | 'disabled'
  disabledBy: 'sync' | 'admin' | null
  mainDepartmentId: string | null
  lastLoginAt: number | null
}

/** What we hold, as far as a plan needs it. */
export interface State {
  departments: HeldDepartment[]
  accounts: HeldAccount[]
  /** accountId → departmentId → leads it. Bound accounts only. */
  memberships: Map<string, Map<string, boolean>>
  /** Active administrators without a binding: no sync can disable them. */
  unboundAdministrators: number
}

/** Reads what we hold: four statements, whatever the company's size. */
export async function loadState(db: Db): Promise<State> {
  const departments = await db.select({
    id: department.id,
    deptId: department.dingtalkId,
    parentId: department.parentId,
    name: department.name,
    order: department.sortOrder,
    parentOutOfScope: department.parentOutOfScope,
  }).from(department)
  const accounts = await db.select({
    id: account.id,
    userid: binding.userid,
    unionid: binding.unionid,
    state: binding.state,
    activated: binding.activated,
    name: account.name,
    avatar: account.avatar,
    title: account.title,
    mobile: account.mobile,
    email: account.email,
    jobNumber: account.jobNumber,
    hiredAt: account.hiredAt,
    role: account.role,
    status: account.status,
    disabledBy: account.disabledBy,
    mainDepartmentId: account.mainDepartmentId,
    lastLoginAt: account.lastLoginAt,
  }).from(binding).innerJoin(account, eq(account.id, binding.accountId))
  const rows = await db.select({
    accountId: accountDepartment.accountId,
    departmentId: accountDepartment.departmentId,
    leader: accountDepartment.leader,
  }).from(accountDepartment).innerJoin(binding, eq(binding.accountId, accountDepartment.accountId))
  const [unbound] = await db.select({ people: count() }).from(account).leftJoin(binding, eq(binding.accountId, account.id)).where(and(isNull(binding.userid), eq(account.role, 'admin'), eq(account.status, 'active')))

  const memberships = new Map<string, Map<string, boolean>>(accounts.map(({ id }) => [id, new Map()]))
  for (const { accountId, departmentId, leader } of rows)
    memberships.get(accountId)?.set(departmentId, leader)
  return {
    departments,
    accounts: accounts.map(row => ({ ...row, hiredAt: row.hiredAt?.getTime() ?? null, lastLoginAt: row.lastLoginAt?.getTime() ?? null })),
    memberships,
    unboundAdministrators: unbound?.people ?? 0,
  }
}
