import type { ApiOutput } from '#contract/index.ts'
import type { Sandbox } from '../../sandbox/index.ts'
import type { Database } from '../../server/db/index.ts'
import type { Client } from './client.ts'
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

/** The same of whoever is in service, as the server shows it: for servers whose database a test cannot open. */
export async function shown(client: Pick<Client, 'get'>) {
  // A kept-alive connection may be closed at that very moment; a server that died stays dead.
  const get = async <T>(path: string): Promise<T> => (await client.get<T>(path).catch(() => client.get<T>(path))).body
  const { departments } = await get<ApiOutput<'GET /api/directory/departments'>>('/api/directory/departments')
  const deptIdOf = new Map(departments.map(({ id, dingtalkId }) => [id, dingtalkId]))
  const people: ApiOutput<'GET /api/directory/accounts'>['items'] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: ApiOutput<'GET /api/directory/accounts'> = await get(`/api/directory/accounts?limit=100&status=active${cursor && `&cursor=${encodeURIComponent(cursor)}`}`)
    people.push(...page.items)
    cursor = page.nextCursor
  }
  return {
    departments: Object.fromEntries(departments.map(({ dingtalkId, name, parentId, order }) => [dingtalkId, { name, parent: parentId && deptIdOf.get(parentId), order }])),
    people: Object.fromEntries(
      people.map(({ name, title, status, binding, departments: own }) => {
        const ids = (rows: typeof own) => rows.map(({ id }) => deptIdOf.get(id)).sort()
        return [binding?.userid, { name, title, status, state: binding?.state, departments: ids(own), leads: ids(own.filter(({ leader }) => leader)) }]
      }),
    ),
  }
}
