import type { Db } from '../db/index.ts'
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { tables } from '../db/index.ts'

const key = 'setup'
const stored = z.object({ tokenHash: z.string() })
const hash = (token: string) => createHash('sha256').update(token).digest('hex')

/**
 * The token that guards the first-time setup. Its hash is in the database, so that any instance
 * accepts what the last one printed; it dies when the setup is done.
 */
export function createSetupToken(db: Db) {
  return {
    /** Makes the token valid for setup: the given one, or a new one. @returns what to print */
    async issue(given: string | undefined): Promise<string> {
      const token = given ?? randomBytes(18).toString('base64url')
      const value = { tokenHash: hash(token) } satisfies z.infer<typeof stored>
      await db.insert(tables.setting).values({ key, value }).onConflictDoUpdate({ target: tables.setting.key, set: { value } })
      return token
    },

    async matches(token: string): Promise<boolean> {
      const [row] = await db.select().from(tables.setting).where(eq(tables.setting.key, key))
      return row !== undefined && timingSafeEqual(Buffer.from(stored.parse(row.value).tokenHash), Buffer.from(hash(token)))
    },

    async kill(): Promise<void> {
      await db.delete(tables.setting).where(eq(tables.setting.key, key))
    },
  }
}

export type SetupToken = ReturnType<typeof createSetupToken>
