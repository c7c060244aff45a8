import type { SQL } from 'drizzle-orm'
import type { Db } from '../../db/index.ts'
import type { HeldBinding, UnboundAccount } from './state.ts'
import { sql } from 'drizzle-orm'
import { tables } from '../../db/index.ts'
import { eachRow } from './rows.ts'

const { account, accountDepartment, binding } = tables

/** The columns of the query below, in its order. */
type Person = [
  name: string,
  avatar: string | null,
  title: string | null,
  mobile: string | null,
  email: string | null,
  jobNumber: string | null,
  hiredAt: number | null,
  managerId: string | null,
  role: UnboundAccount['role'],
  status: UnboundAccount['status'],
  disabledBy: UnboundAccount['disabledBy'],
  disabledAt: number | null,
  mainDepartmentId: string | null,
  mainDepartmentChosen: boolean,
  lastLoginAt: number | null,
  userid: string | null,
  unionid: string,
  state: HeldBinding['state'],
  activated: boolean,
  missingSince: number | null,
  missingRuns: number,
]

/**
 * Calls `take` with every account we hold and its binding, or some (`of`: a query of account ids); one that became part of
 * another is nobody's any more. Half a million values
 * of 20,000 people would keep the driver busy longer than the whole plan takes: here each person is one value, and JSON
 * is parsed natively.
 */
export async function eachPerson(tx: Db, take: (account: UnboundAccount, bound: HeldBinding | undefined) => void, of?: SQL): Promise<void> {
  const ms = (column: string) => sql.raw(`round(date_part('epoch', ${column}) * 1000)`)
  const people = sql`
    select a.id, json_build_array(
      a.name, a.avatar, a.title, a.mobile, a.email, a.job_number, ${ms('a.hired_at')}, a.manager_id, a.role, a.status, a.disabled_by,
      ${ms('a.disabled_at')}, a.main_department_id, a.main_department_chosen, ${ms('a.last_login_at')},
      b.userid, b.unionid, b.state, b.activated, ${ms('b.missing_since')}, b.missing_runs)::text
    from ${account} a left join ${binding} b on b.account_id = a.id
    where (a.merged_into_id is null or b.userid is not null) ${of && sql`and a.id in ${of}`}`
  await eachRow(tx, people, ({ id, line }) => {
    const [
      name,
      avatar,
      title,
      mobile,
      email,
      jobNumber,
      hiredAt,
      managerId,
      role,
      status,
      disabledBy,
      disabledAt,
      mainDepartmentId,
      mainDepartmentChosen,
      lastLoginAt,
      userid,
      unionid,
      state,
      activated,
      missingSince,
      missingRuns,
    ] = JSON.parse(line) as Person
    take(
      {
        id,
        name,
        avatar,
        title,
        mobile,
        email,
        jobNumber,
        hiredAt,
        managerId,
        role,
        status,
        disabledBy,
        disabledAt,
        mainDepartmentId,
        mainDepartmentChosen,
        lastLoginAt,
      },
      userid === null ? undefined : { userid, unionid, state, activated, missingSince, missingRuns },
    )
  })
}

/** Calls `take` with every membership we hold, or those of some (`of`: a query of account ids). */
export async function eachMembership(tx: Db, take: (accountId: string, departmentId: string, leader: boolean) => void, of?: SQL): Promise<void> {
  // Nothing in here has to be escaped, and joining texts takes half the time of building JSON.
  const memberships = sql`select m.account_id, m.department_id || case when m.leader then '1' else '0' end from ${accountDepartment} m ${of && sql`where m.account_id in ${of}`}`
  await eachRow(tx, memberships, ({ id, line }) => take(id, line.slice(0, -1), line.endsWith('1')))
}
