import type { SQL } from 'drizzle-orm'
import type { Db } from '../../db/index.ts'
import { isNotNull } from 'drizzle-orm'
import { tables } from '../../db/index.ts'
import { idList } from '../../db/lists.ts'
import { withAllData } from '../rights/all-data.ts'
import { eachMembership, eachPerson } from './state-people.ts'

const { department, syncConflict } = tables

export interface HeldDepartment {
  id: string
  /** null for one that only the CRM knows; a sync leaves it alone. */
  deptId: number | null
  parentId: string | null
  name: string
  order: number
  parentOutOfScope: boolean
}

/** An account without a binding. A sync only touches it by binding it. */
export interface UnboundAccount {
  id: string
  name: string
  avatar: string | null
  title: string | null
  mobile: string | null
  email: string | null
  jobNumber: string | null
  /** Milliseconds since 1970, as are disabledAt and lastLoginAt. */
  hiredAt: number | null
  /** The direct manager's account. */
  managerId: string | null
  role: 'admin' | 'member'
  status: 'active' | 'disabled'
  disabledBy: 'sync' | 'admin' | null
  disabledAt: number | null
  mainDepartmentId: string | null
  mainDepartmentChosen: boolean
  lastLoginAt: number | null
}

export interface HeldBinding {
  userid: string
  /** Empty when DingTalk never told it. */
  unionid: string
  state: 'present' | 'out_of_scope' | 'gone'
  activated: boolean
  /** Milliseconds since 1970; null while a complete crawl shows the member, or DingTalk has not called them gone. */
  missingSince: number | null
  missingRuns: number
}

export type HeldAccount = UnboundAccount & HeldBinding

/** What an administrator decided about a member; the unionid is part of the name, so that nobody inherits it. */
export interface Decision {
  userid: string
  unionid: string
  action: 'bind' | 'create' | 'ignore'
  accountId: string | null
  by: string
  /** Milliseconds since 1970. */
  at: number
}

/** What we hold, all of it or as far as a plan needs it. */
export interface State {
  departments: HeldDepartment[]
  /** With a binding. */
  accounts: HeldAccount[]
  unbound: UnboundAccount[]
  /** accountId → departmentId → leads it. */
  memberships: Map<string, Map<string, boolean>>
  decisions: Decision[]
  /** Accounts in `unbound` that see everybody's records without being an administrator's; absent = none. */
  allData?: ReadonlySet<string>
  /**
   * userid → account of people with a binding who are as the snapshot shows them, so that a plan leaves them alone.
   * Absent = not looked for; those in `accounts` may be among them.
   */
  unchanged?: ReadonlyMap<string, string>
  /** Active accounts with a binding, also those not in here; absent = all are in here. */
  active?: number
}

/** Reads all we hold: a few statements, whatever the company's size. */
export async function loadState(db: Db): Promise<State> {
  return db.transaction(async tx => ({ departments: await loadDepartments(tx), ...(await loadPeople(tx)), decisions: await loadDecisions(tx) }))
}

export async function loadDepartments(tx: Db): Promise<HeldDepartment[]> {
  return tx
    .select({
      id: department.id,
      deptId: department.dingtalkId,
      parentId: department.parentId,
      name: department.name,
      order: department.sortOrder,
      parentOutOfScope: department.parentOutOfScope,
    })
    .from(department)
}

/** Everybody with their departments, or some (`of`: a query of account ids). Within a transaction. */
export async function loadPeople(tx: Db, of?: SQL): Promise<Pick<State, 'accounts' | 'unbound' | 'memberships' | 'allData'>> {
  const people: Pick<State, 'accounts' | 'unbound' | 'memberships'> = { accounts: [], unbound: [], memberships: new Map() }
  await eachPerson(
    tx,
    (account, bound) => {
      if (bound)
        people.accounts.push(Object.assign(account, bound))
      else people.unbound.push(account)
    },
    of,
  )
  // Looking them up is dear to the database, and done by now.
  const ids = of && idList([...people.accounts, ...people.unbound].map(({ id }) => id))
  await eachMembership(
    tx,
    (accountId, departmentId, leader) => {
      const own = people.memberships.get(accountId)
      if (own)
        own.set(departmentId, leader)
      else people.memberships.set(accountId, new Map([[departmentId, leader]]))
    },
    ids,
  )
  return { ...people, allData: await withAllData(tx, people.unbound.map(({ id }) => id)) }
}

export async function loadDecisions(tx: Db): Promise<Decision[]> {
  const decided = await tx.select().from(syncConflict).where(isNotNull(syncConflict.action))
  return decided.flatMap(({ userid, unionid, action, accountId, resolvedBy, resolvedAt }) =>
    action ? { userid, unionid, action, accountId, by: resolvedBy ?? '', at: resolvedAt?.getTime() ?? 0 } : [])
}
