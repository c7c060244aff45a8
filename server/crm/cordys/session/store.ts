import type { Db } from '../../../db/index.ts'
import type { Sealer } from '../../../settings/seal.ts'
import type { Credentials } from '../transport/client.ts'
import type { Opened } from './remote.ts'
import type { Profile } from './user.ts'
import { and, desc, eq, isNotNull } from 'drizzle-orm'
import { z } from 'zod'
import { tables } from '../../../db/index.ts'
import { SealError } from '../../../settings/seal.ts'
import { profile, profileOf } from './user.ts'

export interface Connection {
  profile: Profile
  profileAt: Date
  /** null: the session is over. */
  credentials: Credentials | null
  /** As stored: names this very session when it is renewed or ended. */
  sealed: string | null
}

const stored = z.object({ sessionId: z.string(), csrfToken: z.string(), organizationId: z.string().nullable() })

/** People's sessions at Cordys: sealed for the person they belong to, so that a row moved to another account does not open. */
export function createSessionStore({ db, sealer }: { db: Db, sealer: Sealer }) {
  const { cordysSession } = tables
  const purpose = (accountId: string) => `cordys session of ${accountId}`
  const seal = (accountId: string, credentials: Credentials) => sealer.seal(JSON.stringify(credentials), purpose(accountId))

  function open(accountId: string, sealed: string | null): Credentials | null {
    try {
      return sealed === null ? null : stored.parse(JSON.parse(sealer.open(sealed, purpose(accountId))))
    }
    catch (error) {
      // Sealed with another SECRET_KEY: the person connects anew.
      if (error instanceof SealError)
        return null
      throw error
    }
  }

  return {
    async find(accountId: string): Promise<Connection | undefined> {
      const [row] = await db.select().from(cordysSession).where(eq(cordysSession.accountId, accountId))
      return row && { profile: profile.parse(row.profile), profileAt: row.profileAt, sealed: row.sealed, credentials: open(accountId, row.sealed) }
    },

    /** Keeps a session that has begun, in place of an earlier one. */
    async put(accountId: string, { user, credentials }: Opened, admitsDingTalk: boolean | null): Promise<void> {
      const values = {
        sealed: seal(accountId, credentials),
        profile: profileOf(user),
        profileAt: new Date(),
        endedAt: null,
        connectedAt: new Date(),
        ...(admitsDingTalk !== null && { admitsDingTalk }),
      }
      await db.insert(cordysSession).values({ accountId, ...values }).onConflictDoUpdate({ target: cordysSession.accountId, set: values })
    },

    /** Fresh permissions and token of a session that goes on; nothing happens when another one has taken its place. */
    async renew(accountId: string, sealed: string, { user, credentials }: Opened): Promise<Connection> {
      const fresh = { sealed: seal(accountId, credentials), profile: profileOf(user), profileAt: new Date() }
      await db.update(cordysSession).set(fresh).where(and(eq(cordysSession.accountId, accountId), eq(cordysSession.sealed, sealed)))
      return { ...fresh, credentials }
    },

    /** Marks a session as over, unless a newer one has taken its place. */
    async end(accountId: string, sealed: string): Promise<void> {
      await db
        .update(cordysSession)
        .set({ sealed: null, endedAt: new Date() })
        .where(and(eq(cordysSession.accountId, accountId), eq(cordysSession.sealed, sealed)))
    },

    async remove(accountId: string): Promise<void> {
      await db.delete(cordysSession).where(eq(cordysSession.accountId, accountId))
    },

    /** What the session of the last person who connected showed of the login by DingTalk. */
    async admitsDingTalk(): Promise<boolean> {
      const [row] = await db
        .select({ admits: cordysSession.admitsDingTalk })
        .from(cordysSession)
        .where(isNotNull(cordysSession.admitsDingTalk))
        .orderBy(desc(cordysSession.connectedAt))
        .limit(1)
      return row?.admits ?? false
    },
  }
}

export type SessionStore = ReturnType<typeof createSessionStore>
