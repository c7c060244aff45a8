import type { Db } from '../../db/index.ts'
import { inArray, sql } from 'drizzle-orm'
import { tables } from '../../db/index.ts'
import { profile } from './session/user.ts'

/** Which Cordys user DingTalk members are, as far as they have connected here: userid → Cordys user id. */
export async function usersOfMembers(db: Db, userids: string[]): Promise<Map<string, string>> {
  if (userids.length === 0)
    return new Map()
  const { binding, cordysSession } = tables
  const bindings = await db.select({ userid: binding.userid, accountId: binding.accountId }).from(binding).where(inArray(binding.userid, userids))
  const accountIds = bindings.map(({ accountId }) => accountId)
  const rows = accountIds.length === 0 ? [] : await db.select().from(cordysSession).where(inArray(cordysSession.accountId, accountIds))
  const users = new Map(rows.map(row => [row.accountId, profile.parse(row.profile).id]))
  return new Map(bindings.flatMap(({ userid, accountId }) => (users.has(accountId) ? [[userid, users.get(accountId)!] as const] : [])))
}

/** The accounts of Cordys users, as far as they have connected here: Cordys user id → account. */
export async function accountsOfUsers(db: Db, userIds: string[]): Promise<Map<string, string>> {
  const { cordysSession } = tables
  const user = sql<string>`${cordysSession.profile} ->> 'id'`
  const rows = userIds.length === 0 ? [] : await db.select({ user, accountId: cordysSession.accountId }).from(cordysSession).where(inArray(user, [...new Set(userIds)]))
  return new Map(rows.map(({ user, accountId }) => [user, accountId]))
}
