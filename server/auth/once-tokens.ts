import type { Db } from '../db/index.ts'
import { createHash } from 'node:crypto'
import { and, eq, gt, isNull, lt } from 'drizzle-orm'
import { tables } from '../db/index.ts'

type Purpose = 'oauth_state' | 'admin_link' | 'crm_sso'

const hash = (token: string) => createHash('sha256').update(token).digest('base64url')

/** Values that work once: OAuth states and admin links, over all instances. */
export function createOnceTokens({ db }: { db: Db }) {
  const { onceToken } = tables
  const same = (token: string, purpose: Purpose) => and(eq(onceToken.hash, hash(token)), eq(onceToken.purpose, purpose))

  return {
    async put(token: string, purpose: Purpose, data: object, lifetimeMs: number): Promise<void> {
      await db.insert(onceToken).values({ hash: hash(token), purpose, data, expiresAt: new Date(Date.now() + lifetimeMs) })
    },

    /** Uses a token up. `unknown` was never put here; `spent` was used before or is too old. */
    async take(token: string, purpose: Purpose): Promise<{ data: unknown } | 'unknown' | 'spent'> {
      const [taken] = await db
        .update(onceToken)
        .set({ usedAt: new Date() })
        .where(and(same(token, purpose), isNull(onceToken.usedAt), gt(onceToken.expiresAt, new Date())))
        .returning({ data: onceToken.data })
      if (taken)
        return taken
      const [known] = await db.select({ hash: onceToken.hash }).from(onceToken).where(same(token, purpose))
      return known ? 'spent' : 'unknown'
    },

    /** Marks a token as used that was not put before (its validity is checked elsewhere). @returns false when it was used already */
    async useFirst(token: string, purpose: Purpose, expiresAt: Date): Promise<boolean> {
      const written = await db
        .insert(onceToken)
        .values({ hash: hash(token), purpose, data: {}, usedAt: new Date(), expiresAt })
        .onConflictDoNothing()
        .returning({ hash: onceToken.hash })
      return written.length > 0
    },

    /** Removes what expired more than an hour ago; until then a late comer is told that it is spent. */
    async sweep(): Promise<void> {
      await db.delete(onceToken).where(lt(onceToken.expiresAt, new Date(Date.now() - 3600 * 1000)))
    },
  }
}

export type OnceTokens = ReturnType<typeof createOnceTokens>
