import type { Db } from '../db/index.ts'
import { asc, eq } from 'drizzle-orm'
import { tables } from '../db/index.ts'

const { account, accountDepartment, department } = tables

/** The company itself (dingtalk-server-api §4.1). */
const rootDeptId = 1

/** Somebody who probably works with customers; `weight` says how many, relative to others. */
export interface Seller {
  id: string
  name: string
  weight: number
}

/** What a department's name says about its people's customers; a department without a hint takes its parent's. */
const hints: Array<[words: RegExp, weight: number]> = [
  [/销售|商务|大客户|渠道|sales|business/i, 4],
  [/市场|marketing/i, 2],
  [/客户|客服|customer|account/i, 1],
]

/** Active accounts in departments that sound like sales, with their leaders ahead; everybody active when there are none. */
export async function likelySellers(db: Db): Promise<Seller[]> {
  const weights = weigh(
    await db.select({ id: department.id, parentId: department.parentId, name: department.name, deptId: department.dingtalkId }).from(department),
  )
  const people = await db
    .select({ id: account.id, name: account.name, departmentId: accountDepartment.departmentId, leader: accountDepartment.leader })
    .from(account)
    .leftJoin(accountDepartment, eq(accountDepartment.accountId, account.id))
    .where(eq(account.status, 'active'))
    .orderBy(asc(account.name), asc(account.id))
  const sellers = new Map<string, Seller>()
  for (const { id, name, departmentId, leader } of people) {
    const weight = (weights.get(departmentId ?? '') ?? 0) * (leader ? 1.5 : 1)
    if (weight > (sellers.get(id)?.weight ?? 0))
      sellers.set(id, { id, name, weight })
  }
  if (sellers.size === 0) {
    return [...new Map(people.map(({ id, name }) => [id, { id, name, weight: 1 }])).values()]
  }
  return [...sellers.values()].sort((a, b) => b.weight - a.weight)
}

function weigh(departments: Array<{ id: string, parentId: string | null, name: string, deptId: number | null }>): Map<string, number> {
  const byId = new Map(departments.map(entry => [entry.id, entry]))
  return new Map(
    departments.map((start) => {
      const seen = new Set<string>()
      for (let entry = byId.get(start.id); entry && !seen.has(entry.id); entry = byId.get(entry.parentId ?? '')) {
        seen.add(entry.id)
        const { name } = entry
        const hint = hints.find(([words]) => words.test(name))
        // The root is the company itself; its name (a trading company's, for example) says nothing of its people.
        if (hint && entry.deptId !== rootDeptId)
          return [start.id, hint[1]]
      }
      return [start.id, 0]
    }),
  )
}
