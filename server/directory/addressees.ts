import type { Db } from '../db/index.ts'
import { and, eq, or, sql } from 'drizzle-orm'
import { z } from 'zod'
import { tables } from '../db/index.ts'
import { subtreeOf } from './subtree.ts'

const { account, accountDepartment, accountRole, department, departmentRole } = tables

export interface Addressee {
  id: string
  name: string
  avatar: string | null
  active: boolean
  /** A member of DingTalk's contacts is bound to it. */
  bound: boolean
}

const columns = {
  id: account.id,
  name: account.name,
  avatar: account.avatar,
  active: sql<boolean>`${account.status} = 'active'`,
  bound: sql<boolean>`exists (select from ${tables.binding} where ${tables.binding.accountId} = ${account.id} and ${tables.binding.state} <> 'gone')`,
}

/** Whom an announcement is for, disabled accounts included so that they can be named. Departments count with those below. */
export async function addressees(
  db: Db,
  audience: { kind: 'all' } | { kind: 'departments', ids: string[] } | { kind: 'people', ids: string[] },
): Promise<Addressee[]> {
  if (audience.kind === 'all')
    return db.select(columns).from(account).where(eq(account.status, 'active'))
  if (audience.ids.length === 0)
    return []
  const list = sql`any(${`{${audience.ids.join(',')}}`}::uuid[])`
  if (audience.kind === 'people')
    return db.select(columns).from(account).where(sql`${account.id} = ${list}`)
  const below = subtreeOf(sql`select ${department.id} from ${department} where ${department.id} = ${list}`)
  const members = sql`(select ${accountDepartment.accountId} from ${accountDepartment} where ${accountDepartment.departmentId} in ${below})`
  return db.select(columns).from(account).where(and(eq(account.status, 'active'), sql`${account.id} in ${members}`))
}

/** Active accounts that hold one of the roles, themselves or through a department. */
export async function holdersOf(db: Db, roles: readonly ('admin' | 'manager' | 'sales')[]): Promise<string[]> {
  const assigned = roles.filter(role => role !== 'admin')
  const conditions = [
    ...(roles.includes('admin') ? [eq(account.role, 'admin')] : []),
    ...assigned.map((role) => {
      const departments = subtreeOf(sql`select ${departmentRole.departmentId} from ${departmentRole} where ${departmentRole.role} = ${role}`)
      return or(
        sql`${account.id} in (select ${accountRole.accountId} from ${accountRole} where ${accountRole.role} = ${role})`,
        sql`${account.id} in (select ${accountDepartment.accountId} from ${accountDepartment} where ${accountDepartment.departmentId} in ${departments})`,
      )
    }),
  ]
  if (conditions.length === 0)
    return []
  const rows = await db.select({ id: account.id }).from(account).where(and(eq(account.status, 'active'), or(...conditions)))
  return rows.map(({ id }) => id)
}

const led = z.object({ rows: z.array(z.object({ account: z.string(), leader: z.string(), main: z.boolean(), depth: z.coerce.number() })) })

/**
 * The leaders of people: of their main department, else of their others, else of the nearest department above; never
 * themselves. One statement however many people.
 */
export async function leadersOf(db: Db, ids: string[]): Promise<Map<string, string[]>> {
  if (ids.length === 0)
    return new Map()
  const found = led.parse(await db.execute(sql`
    with recursive up(account, department, main, depth) as (
      select m.account_id, m.department_id, coalesce(a.main_department_id = m.department_id, false), 0
      from ${accountDepartment} m join ${account} a on a.id = m.account_id
      where m.account_id = any(${`{${ids.join(',')}}`}::uuid[])
      union
      select up.account, d.parent_id, up.main, up.depth + 1
      from up join ${department} d on d.id = up.department
      where d.parent_id is not null and up.depth < 30
    )
    select up.account, l.account_id as leader, up.main, up.depth
    from up
    join ${accountDepartment} l on l.department_id = up.department and l.leader and l.account_id <> up.account
    join ${account} on ${account.id} = l.account_id and ${account.status} = 'active'`))
  const nearest = new Map<string, { rank: number, leaders: Set<string> }>()
  for (const { account: person, leader, main, depth } of found.rows) {
    const rank = depth * 2 + (main ? 0 : 1)
    const known = nearest.get(person)
    if (!known || rank < known.rank)
      nearest.set(person, { rank, leaders: new Set([leader]) })
    else if (rank === known.rank)
      known.leaders.add(leader)
  }
  return new Map([...nearest].map(([person, { leaders }]) => [person, [...leaders]]))
}

/** Active leaders, each with the active people of the departments they lead and below, themselves not among them. */
export async function teams(db: Db): Promise<Map<string, string[]>> {
  const rows = z.object({ rows: z.array(z.object({ leader: z.string(), member: z.string() })) }).parse(await db.execute(sql`
    with recursive below(leader, department) as (
      select l.account_id, l.department_id from ${accountDepartment} l
      join ${account} on ${account.id} = l.account_id and ${account.status} = 'active' where l.leader
      union
      select below.leader, d.id from below join ${department} d on d.parent_id = below.department
    )
    select distinct below.leader, m.account_id as member
    from below
    join ${accountDepartment} m on m.department_id = below.department and m.account_id <> below.leader
    join ${account} on ${account.id} = m.account_id and ${account.status} = 'active'`)).rows
  const found = new Map<string, string[]>()
  for (const { leader, member } of rows) found.set(leader, [...(found.get(leader) ?? []), member])
  return found
}
