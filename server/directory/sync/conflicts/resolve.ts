import type { z } from 'zod'
import type { resolution } from '#contract/sync/index.ts'
import type { Db } from '../../../db/index.ts'
import type { By } from '../services.ts'
import type { ConflictRow } from './stored.ts'
import { and, eq, ne } from 'drizzle-orm'
import { audit } from '../../../audit/index.ts'
import { tables } from '../../../db/index.ts'
import { AppError } from '../../../http/app-error.ts'
import { isFreeFor } from './free.ts'
import { storedMember } from './stored.ts'

const { account, binding, syncConflict } = tables

type Decision = z.output<typeof resolution>

/**
 * Remembers what somebody decided about a member. Nothing else changes: the next run, whatever started it, follows
 * the decision, so that it is previewed, recorded and can be undone like every other change. Deciding the same
 * again is no error.
 * @throws {AppError} not_found, conflict_resolved (otherwise), account_bound (to somebody else, or promised to them), account_merged
 */
export async function resolveConflict(db: Db, id: string, decision: Decision, by: By): Promise<ConflictRow> {
  return db.transaction(async (tx) => {
    const [row] = await tx.select().from(syncConflict).where(eq(syncConflict.id, id)).for('update')
    if (!row)
      throw new AppError('not_found')
    const accountId = decision.action === 'bind' ? decision.accountId : null
    if (row.action !== null) {
      if (row.action === decision.action && row.accountId === accountId)
        return row
      throw new AppError('conflict_resolved')
    }
    if (accountId !== null)
      await requireFree(tx, accountId, row)
    const [resolved] = await tx
      .update(syncConflict)
      .set({ action: decision.action, accountId, resolvedBy: by.name, resolvedAt: new Date() })
      .where(eq(syncConflict.id, id))
      .returning()
    if (!resolved)
      throw new AppError('not_found')
    await audit(tx, {
      actor: by.name,
      action: 'sync.conflict.resolve',
      detail: { userid: row.userid, name: storedMember.parse(row.member).name, kind: row.kind, ...decision },
      ip: by.ip,
    })
    return resolved
  })
}

/** An account is free when nobody has it but the member themself, under an old userid or with an old unionid. */
async function requireFree(tx: Db, accountId: string, { id, userid, unionid }: ConflictRow): Promise<void> {
  // Locked, so that two decisions at once cannot promise one account twice.
  const [wanted] = await tx.select({ mergedIntoId: account.mergedIntoId }).from(account).where(eq(account.id, accountId)).for('update')
  if (!wanted)
    throw new AppError('not_found')
  if (wanted.mergedIntoId !== null)
    throw new AppError('account_merged')
  const [bound] = await tx.select({ userid: binding.userid, unionid: binding.unionid }).from(binding).where(eq(binding.accountId, accountId))
  if (!isFreeFor(bound, { userid, unionid }))
    throw new AppError('account_bound')
  const promised = await tx.$count(syncConflict, and(eq(syncConflict.accountId, accountId), eq(syncConflict.action, 'bind'), ne(syncConflict.id, id)))
  if (!bound && promised > 0)
    throw new AppError('account_bound')
}
