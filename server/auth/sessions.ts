import type { Db } from '../db/index.ts'
import { createHash, randomBytes } from 'node:crypto'
import { and, eq, gt, inArray, lt } from 'drizzle-orm'
import { tables } from '../db/index.ts'

const day = 24 * 3600 * 1000

/** A session ends after a week without use, and after 30 days in any case; a break-glass one after an hour. */
const idleMs = 7 * day
const lifetimeMs = 30 * day
export const operatorMs = 3600 * 1000

/** Use is written down at most this often, so that reading does not write. */
const touchEveryMs = 10 * 60 * 1000

export interface StoredSession {
  kind: 'account' | 'operator'
  accountId: string | null
  expiresAt: Date
}

const hash = (token: string) => createHash('sha256').update(token).digest('base64url')

/** Logins, one per device. The token lives in the cookie only; the database holds its hash. */
export function createSessions({ db }: { db: Db }) {
  const { session } = tables

  return {
    /** Opens a session and, when the device had another, ends that one. @returns the cookie's token */
    async open(
      given: { kind: 'account', accountId: string } | { kind: 'operator' },
      device: { previous?: string | undefined, userAgent?: string | undefined },
    ): Promise<{ token: string, expiresAt: Date }> {
      const token = randomBytes(32).toString('base64url')
      const now = Date.now()
      const expiresAt = new Date(now + (given.kind === 'operator' ? operatorMs : lifetimeMs))
      await db.transaction(async (tx) => {
        if (device.previous)
          await tx.delete(session).where(eq(session.tokenHash, hash(device.previous)))
        await tx
          .insert(session)
          .values({
            tokenHash: hash(token),
            kind: given.kind,
            accountId: given.kind === 'account' ? given.accountId : null,
            userAgent: device.userAgent?.slice(0, 300) ?? null,
            expiresAt,
          })
      })
      return { token, expiresAt }
    },

    /**
     * Makes a live session of this account last as long as a new one would. A login that only proves again who is
     * there keeps its token: requests under way with it must not find it gone.
     * @returns when it ends now, or undefined when the token is not a live session of this account
     */
    async renew(token: string, accountId: string): Promise<Date | undefined> {
      const found = await this.find(token)
      if (found?.accountId !== accountId)
        return undefined
      const now = Date.now()
      const expiresAt = new Date(now + lifetimeMs)
      await db
        .update(session)
        .set({ seenAt: new Date(now), expiresAt })
        .where(eq(session.tokenHash, hash(token)))
      return expiresAt
    },

    /** The live session of a cookie token, if there is one. */
    async find(token: string): Promise<StoredSession | undefined> {
      const now = Date.now()
      const [found] = await db
        .select()
        .from(session)
        .where(and(eq(session.tokenHash, hash(token)), gt(session.expiresAt, new Date(now)), gt(session.seenAt, new Date(now - idleMs))))
      if (found && found.seenAt.getTime() < now - touchEveryMs) {
        await db
          .update(session)
          .set({ seenAt: new Date(now) })
          .where(eq(session.tokenHash, found.tokenHash))
      }
      return found
    },

    async end(token: string): Promise<void> {
      await db.delete(session).where(eq(session.tokenHash, hash(token)))
    },

    /** Ends every session of these accounts, within the transaction that disables them. */
    async endAll(tx: Db, accountIds: string[]): Promise<void> {
      if (accountIds.length > 0)
        await tx.delete(session).where(inArray(session.accountId, accountIds))
    },

    /** Removes what has expired. */
    async sweep(): Promise<void> {
      const now = Date.now()
      await db.delete(session).where(lt(session.expiresAt, new Date(now)))
      await db.delete(session).where(lt(session.seenAt, new Date(now - idleMs)))
    },
  }
}

export type Sessions = ReturnType<typeof createSessions>
