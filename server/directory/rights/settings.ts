import type { AssignableRole, RoleRights } from '#contract/people/rights.ts'
import type { Db } from '../../db/index.ts'
import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { abilities, roleRights } from '#contract/people/rights.ts'
import { tables } from '../../db/index.ts'

/** Where the roles' rights are kept; absent ones have their defaults. */
export const settingKey = 'roles'

/** Everybody's records and everything that can be done with them. */
export const administratorRights: RoleRights = { scope: 'all', abilities: [...abilities] }

/** What a role means until an administrator changes it. */
export const defaultRights: Record<AssignableRole, RoleRights> = {
  manager: { scope: 'tree', abilities: [...abilities] },
  sales: { scope: 'own', abilities: ['import', 'delete', 'transfer'] },
}

/** The role of somebody who has been assigned none. */
export const fallbackRole: AssignableRole = 'sales'

const stored = z.object({ manager: roleRights, sales: roleRights }).partial()

export function parseRoleRights(value: unknown): Record<AssignableRole, RoleRights> {
  return { ...defaultRights, ...stored.parse(value ?? {}) }
}

export async function readRoleRights(db: Db): Promise<Record<AssignableRole, RoleRights>> {
  const [found] = await db.select({ value: tables.setting.value }).from(tables.setting).where(eq(tables.setting.key, settingKey))
  return parseRoleRights(found?.value)
}
