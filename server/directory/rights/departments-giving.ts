import type { AssignableRole } from '#contract/people/rights.ts'
import type { Db } from '../../db/index.ts'
import { inArray, sql } from 'drizzle-orm'
import { tables } from '../../db/index.ts'
import { idList } from '../../db/lists.ts'
import { subtreeOf } from '../subtree.ts'

const { department, departmentRole } = tables

/**
 * The departments whose people have one of these roles by them: those that give it, and all below. By themselves and not
 * inside another statement: there the planner expects so many rows of the tree that it compiles the whole of it, which
 * takes a second.
 */
export async function departmentsGiving(db: Db, roles: readonly AssignableRole[]): Promise<string[]> {
  const giving = await db.select({ id: departmentRole.departmentId }).from(departmentRole).where(inArray(departmentRole.role, [...roles]))
  // In most companies there is no tree to walk.
  if (giving.length === 0)
    return []
  const rows = await db.select({ id: department.id }).from(department).where(sql`${department.id} in ${subtreeOf(idList(giving.map(({ id }) => id)))}`)
  return rows.map(({ id }) => id)
}
