import type { AccountRef } from '#contract/common.ts'
import type { Db } from '../db/index.ts'
import type { OwnerScope } from './owner-scope.ts'
import { and, asc, eq, inArray } from 'drizzle-orm'
import { contains } from '../db/contains.ts'
import { tables } from '../db/index.ts'
import { withinScope } from './owner-scope.ts'

const { account } = tables

const columns = { id: account.id, name: account.name, avatar: account.avatar }

/** Names and pictures of accounts, disabled ones included: their records still show an owner. */
export async function accountRefs(db: Db, ids: string[]): Promise<Map<string, AccountRef>> {
  const found
    = ids.length > 0
      ? await db
          .select(columns)
          .from(account)
          .where(inArray(account.id, [...new Set(ids)]))
      : []
  return new Map(found.map(ref => [ref.id, ref]))
}

/** Active accounts within a scope, by name; at most `limit`. */
export async function ownersWithin(db: Db, scope: OwnerScope, options: { q?: string | undefined, limit: number }): Promise<AccountRef[]> {
  return db
    .select(columns)
    .from(account)
    .where(and(eq(account.status, 'active'), withinScope(scope, account.id), options.q ? contains(account.name, options.q) : undefined))
    .orderBy(asc(account.name), asc(account.id))
    .limit(options.limit)
}

/** The account may own records in the name of somebody with this scope: it is active and within it. */
export async function isOwnerWithin(db: Db, scope: OwnerScope, accountId: string): Promise<boolean> {
  const [found] = await db
    .select({ id: account.id })
    .from(account)
    .where(and(eq(account.id, accountId), eq(account.status, 'active'), withinScope(scope, account.id)))
  return found !== undefined
}
