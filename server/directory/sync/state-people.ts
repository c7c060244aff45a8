import type { Db } from '../../db/index.ts'
import type { HeldBinding, UnboundAccount } from './state.ts'
import { sql } from 'drizzle-orm'
import { tables } from '../../db/index.ts'

const { account, accountDepartment, binding } = tables

/** Rows of one fetch: what the driver holds beside what is made of them. Each fetch is a round trip. */
const pageSize = 4000

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
  // Nothing in here has to be escaped, and joining texts takes half the time of building JSON.
  const memberships = sql`select '["' || m.account_id || '","' || m.department_id || '",' || m.leader || ']' from ${accountDepartment} m`
  await eachRow<[string, string, boolean]>(tx, memberships, row => take(...row))
}

/**
 * Reads a query of one JSON text a row, a page at a time; within a transaction, because a cursor lives in one. The
 * database reads the next page while this one is taken.
 */
async function eachRow<Row>(tx: Db, query: ReturnType<typeof sql>, take: (row: Row) => void): Promise<void> {
  await tx.execute(sql`declare sync_state no scroll cursor for select q.line from (${query}) as q(line)`)
  const fetch = async () => ((await tx.execute(sql.raw(`fetch ${pageSize} from sync_state`))) as unknown as { rows: Array<{ line: string }> }).rows
  for (let coming = fetch(); ;) {
    const rows = await coming
    const last = rows.length < pageSize
    if (!last) {
      coming = fetch()
      // Awaited in the next round; a failure must not count as unhandled until then.
      coming.catch(() => {})
    }
    for (const { line } of rows) take(JSON.parse(line) as Row)
    if (last)
      break
  }
  await tx.execute(sql`close sync_state`)
}
