import type { SQLWrapper } from 'drizzle-orm'
import type { Db } from '../../db/index.ts'
import { and, eq, gt, inArray, isNull, notExists, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { audit } from '../../audit/index.ts'
import { tables } from '../../db/index.ts'

const { accessRequest, binding } = tables

/** Who answers requests of members whom a sync lets in. */
export const answeredBySync = 'sync'

/**
 * Requests of members who have been let in some other way are answered by that, within the transaction that binds them:
 * of those bound just now, or (undefined) of whoever has been bound.
 * @returns their ids
 */
export async function closeRequests(tx: Db, userids: string[] | undefined, by: string): Promise<string[]> {
  const samePerson = sql`(${binding.unionid} = '' or ${accessRequest.unionid} = '' or ${binding.unionid} = ${accessRequest.unionid})`
  const answered = await tx
    .update(accessRequest)
    .set({ status: 'approved', accountId: sql`${binding.accountId}`, decidedBy: by, decidedAt: new Date() })
    .from(binding)
    .where(and(eq(accessRequest.status, 'open'), isNull(accessRequest.corpId), eq(binding.userid, accessRequest.userid), samePerson, userids && inArray(accessRequest.userid, userids)))
    .returning({ id: accessRequest.id, name: accessRequest.name, userid: accessRequest.userid, accountId: accessRequest.accountId })
  for (const { id, name, userid, accountId } of answered)
    await audit(tx, { actor: by, action: 'access.approve', target: { type: 'access_request', id, name }, detail: { userid, account: accountId } })
  return answered.map(({ id }) => id)
}

/**
 * Asks again what a sync has answered, when what let these members in is taken back, within the transaction that does; a
 * newer request of theirs stands instead.
 */
export async function reopenRequests(tx: Db, accountIds: SQLWrapper): Promise<void> {
  const newer = alias(accessRequest, 'newer')
  const asked = tx.select({ id: newer.id }).from(newer).where(and(eq(newer.userid, accessRequest.userid), isNull(newer.corpId), gt(newer.createdAt, accessRequest.createdAt)))
  await tx
    .update(accessRequest)
    .set({ status: 'open', accountId: null, decidedBy: null, decidedAt: null })
    .where(and(eq(accessRequest.status, 'approved'), eq(accessRequest.decidedBy, answeredBySync), isNull(accessRequest.corpId), sql`${accessRequest.accountId} in ${accountIds}`, notExists(asked)))
}
