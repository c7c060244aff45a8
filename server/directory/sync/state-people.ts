import type { Db } from '../../db/index.ts'
import type { HeldBinding, UnboundAccount } from './state.ts'
import { sql } from 'drizzle-orm'
import { tables } from '../../db/index.ts'

const { account, accountDepartment, binding } = tables

/** Rows of one fetch: what the driver holds beside what is made of them. */
const pageSize = 1000

/** The columns of the query below, in its order. */
type Row = [
  id: string,
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
 * Calls `take` with every account we hold and its binding. Half a million values of 20,000 people would keep the
 * driver busy longer than the whole plan takes: here each person is one value, and JSON is parsed natively. A cursor
 * keeps only a page of them in memory.
 */
export async function eachPerson(tx: Db, take: (account: UnboundAccount, bound: HeldBinding | undefined) => void): Promise<void> {
  const ms = (column: string) => sql.raw(`round(date_part('epoch', ${column}) * 1000)`)
  const people = sql`
    select json_build_array(
      a.id, a.name, a.avatar, a.title, a.mobile, a.email, a.job_number, ${ms('a.hired_at')}, a.manager_id, a.role, a.status, a.disabled_by,
      ${ms('a.disabled_at')}, a.main_department_id, a.main_department_chosen, ${ms('a.last_login_at')},
      b.userid, b.unionid, b.state, b.activated, ${ms('b.missing_since')}, b.missing_runs)::text
    from ${account} a left join ${binding} b on b.account_id = a.id`
  await eachRow<Row>(tx, people, (row) => {
    const [
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
      userid,
      unionid,
      state,
      activated,
      missingSince,
      missingRuns,
    ] = row
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

/** Calls `take` with every membership we hold. */
export async function eachMembership(tx: Db, take: (accountId: string, departmentId: string, leader: boolean) => void): Promise<void> {
  const memberships = sql`select json_build_array(m.account_id, m.department_id, m.leader)::text from ${accountDepartment} m`
  await eachRow<[string, string, boolean]>(tx, memberships, row => take(...row))
}

/** Reads a query of one JSON text a row, a page at a time; within a transaction, because a cursor lives in one. */
async function eachRow<Row>(tx: Db, query: ReturnType<typeof sql>, take: (row: Row) => void): Promise<void> {
  await tx.execute(sql`declare sync_state no scroll cursor for ${query}`)
  for (;;) {
    const { rows } = (await tx.execute(sql.raw(`fetch ${pageSize} from sync_state`))) as unknown as { rows: Array<Record<string, string>> }
    for (const row of rows) take(JSON.parse(row.json_build_array ?? '') as Row)
    if (rows.length < pageSize)
      break
  }
  await tx.execute(sql`close sync_state`)
}
