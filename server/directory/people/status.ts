import type { By, PeopleParts } from './parts.ts'
import { eq } from 'drizzle-orm'
import { audit } from '../../audit/index.ts'
import { tables } from '../../db/index.ts'
import { AppError } from '../../http/app-error.ts'
import { keepAnAdministrator, lockAdministrators } from '../administrators.ts'
import { beforeBindings } from '../binding-locks.ts'

const { account, binding } = tables

/**
 * Shuts somebody out at once, or lets them in again. Their records stay where they are; a sync leaves what an
 * administrator decided.
 * @throws {AppError} not_found, own_account, last_administrator, account_merged
 */
export async function setStatus({ db, endSessions }: Pick<PeopleParts, 'db' | 'endSessions'>, id: string, status: 'active' | 'disabled', by: By): Promise<void> {
  await db.transaction(async (tx) => {
    await beforeBindings(tx)
    await lockAdministrators(tx)
    const [person] = await tx.select().from(account).where(eq(account.id, id)).for('update')
    if (!person)
      throw new AppError('not_found')
    if (person.status === status)
      return
    if (status === 'active' && person.mergedIntoId !== null)
      throw new AppError('account_merged')
    if (status === 'disabled') {
      if (id === by.accountId)
        throw new AppError('own_account')
      if (person.role === 'admin')
        await keepAnAdministrator(tx, id)
      await endSessions(tx, [id])
    }
    // Whom somebody lets in although their member has left is in no grace that ends by itself.
    if (status === 'active')
      await tx.update(binding).set({ missingSince: null, missingRuns: 0 }).where(eq(binding.accountId, id))
    const disabled = status === 'disabled'
    await tx
      .update(account)
      .set({ status, disabledBy: disabled ? 'admin' : null, disabledAt: disabled ? new Date() : null, updatedAt: new Date() })
      .where(eq(account.id, id))
    await audit(tx, {
      action: disabled ? 'account.disable' : 'account.enable',
      target: { type: 'account', id, name: person.name },
      detail: { before: { status: person.status, disabledBy: person.disabledBy }, after: { status } },
    })
  })
}
