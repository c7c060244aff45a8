import type { Sandbox } from '../../sandbox/index.ts'
import type { Database } from '../../server/db/index.ts'
import { eq } from 'drizzle-orm'
import { tables } from '../../server/db/index.ts'

/** Who is where, by DingTalk's ids, as held here. */
export async function held({ db }: Pick<Database, 'db'>) {
  const departments = await db.select().from(tables.department)
  const people = await db.select().from(tables.binding).innerJoin(tables.account, eq(tables.account.id, tables.binding.accountId))
  const memberships = Map.groupBy(await db.select().from(tables.accountDepartment), ({ accountId }) => accountId)
  const deptIdOf = new Map(departments.map(({ id, dingtalkId }) => [id, dingtalkId]))
  return {
    departments: Object.fromEntries(
      departments.map(entry => [entry.dingtalkId, { name: entry.name, parent: entry.parentId && deptIdOf.get(entry.parentId), order: entry.sortOrder }]),
    ),
    people: Object.fromEntries(
      people.map(({ account, binding }) => {
        const own = memberships.get(account.id) ?? []
        const ids = (rows: typeof own) => rows.map(({ departmentId }) => deptIdOf.get(departmentId)).sort()
        return [
          binding.userid,
          { name: account.name, title: account.title, status: account.status, state: binding.state, departments: ids(own), leads: ids(own.filter(({ leader }) => leader)) },
        ]
      }),
    ),
  }
}

/** The same, as DingTalk has it. */
export function truth({ platform }: Pick<Sandbox, 'platform'>) {
  return {
    departments: Object.fromEntries(platform.departments().map(entry => [entry.deptId, { name: entry.name, parent: entry.parentId ?? null, order: entry.order }])),
    people: Object.fromEntries(
      platform
        .members()
        .filter(({ external }) => !external)
        .map(member => [
          member.userid,
          { name: member.name, title: member.title ?? null, status: 'active', state: 'present', departments: member.deptIds.toSorted(), leads: member.leaderIn.toSorted() },
        ]),
    ),
  }
}
