import type { Db } from '../../../db/index.ts'
import type { By } from '../services.ts'
import type { ConflictRow } from './stored.ts'
import { eq } from 'drizzle-orm'
import { audit } from '../../../audit/index.ts'
import { tables } from '../../../db/index.ts'
import { AppError } from '../../../http/app-error.ts'
import { storedMember } from './stored.ts'

const { syncConflict } = tables

/**
 * Takes a decision back, so that somebody decides again. What a run has done because of it stays; that is undone with
 * the run, or by unbinding. A question that is open already stays as it is.
 * @throws {AppError} not_found
 */
export async function reopenConflict(db: Db, id: string, by: By): Promise<ConflictRow> {
  return db.transaction(async (tx) => {
    const [row] = await tx.select().from(syncConflict).where(eq(syncConflict.id, id)).for('update')
    if (!row)
      throw new AppError('not_found')
    if (row.action === null)
      return row
    const [open] = await tx
      .update(syncConflict)
      .set({ action: null, accountId: null, resolvedBy: null, resolvedAt: null, createdAt: new Date() })
      .where(eq(syncConflict.id, id))
      .returning()
    await audit(tx, {
      actor: by.name,
      action: 'sync.conflict.reopen',
      detail: { userid: row.userid, name: storedMember.parse(row.member).name, kind: row.kind, decision: row.action, decidedBy: row.resolvedBy },
      ip: by.ip,
    })
    return open!
  })
}
