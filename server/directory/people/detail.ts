import type { AccountDetail } from '#contract/people/accounts.ts'
import type { PeopleParts } from './parts.ts'
import { and, desc, eq, gt, isNull } from 'drizzle-orm'
import { tables } from '../../db/index.ts'
import { AppError } from '../../http/app-error.ts'
import { historyOf } from './history.ts'
import { accountRows } from './rows.ts'

const { account, bindCode, binding } = tables

/**
 * Everything the page of one account shows.
 * @throws {AppError} not_found
 */
export async function accountDetail({ db, ownedRecords, elsewhere }: Pick<PeopleParts, 'db' | 'ownedRecords' | 'elsewhere'>, id: string): Promise<AccountDetail> {
  const [row] = await accountRows(db, eq(account.id, id), 1)
  const [own] = await db.select({ createdAt: account.createdAt }).from(account).where(eq(account.id, id))
  if (!row || !own)
    throw new AppError('not_found')
  const [bound] = await db.select().from(binding).where(eq(binding.accountId, id))
  const [code] = await db
    .select({ expiresAt: bindCode.expiresAt, createdBy: bindCode.createdBy })
    .from(bindCode)
    .where(and(eq(bindCode.accountId, id), isNull(bindCode.usedAt), gt(bindCode.expiresAt, new Date())))
    .orderBy(desc(bindCode.createdAt))
  const owned = (await ownedRecords(db, [id])).get(id) ?? {}
  return {
    ...row,
    createdAt: own.createdAt.toISOString(),
    bound: bound ? { source: bound.source, since: bound.createdAt.toISOString(), seenAt: bound.seenAt.toISOString() } : null,
    code: code ? { createdBy: code.createdBy, expiresAt: code.expiresAt.toISOString() } : null,
    elsewhere,
    records: Object.entries(owned).map(([kind, count]) => ({ kind, count })),
    history: await historyOf(db, id),
    mergedFrom: await db.select({ id: account.id, name: account.name, avatar: account.avatar }).from(account).where(eq(account.mergedIntoId, id)),
  }
}
