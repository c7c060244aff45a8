import type { CheckId } from '#contract/connection.ts'
import type { Db } from '../../db/index.ts'
import type { Finding } from './finding.ts'
import { createHash } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { audit } from '../../audit/index.ts'
import { tables } from '../../db/index.ts'

/** Who said when that it is so. */
export interface Confirmation {
  by: string
  at: Date
}

interface Kept extends Confirmation {
  /** See {@link fingerprintOf}. */
  about: string
}

/** What a confirmation is about, short enough to keep; what was confirmed before this was kept has none. */
export function fingerprintOf({ about = [] }: Pick<Finding, 'about'>): string {
  return createHash('sha256').update(JSON.stringify(about)).digest('hex').slice(0, 32)
}

/** What administrators confirmed by hand; of another app it says nothing. */
export function createConfirmations({ db }: { db: Db }) {
  const { doctorConfirmation: table } = tables
  return {
    async of(app: string): Promise<Map<CheckId, Kept>> {
      const rows = await db.select().from(table).where(eq(table.app, app))
      return new Map(rows.map(row => [row.check as CheckId, { by: row.by, at: row.at, about: row.about }]))
    },

    /** `about`: the fingerprint of what is confirmed; undefined takes it back. */
    async set(app: string, check: CheckId, about: string | undefined, by: string, ip: string): Promise<Confirmation> {
      const at = new Date()
      await db.transaction(async (tx) => {
        if (about !== undefined)
          await tx.insert(table).values({ check, app, about, by, at }).onConflictDoUpdate({ target: [table.check, table.app], set: { about, by, at } })
        else await tx.delete(table).where(and(eq(table.check, check), eq(table.app, app)))
        await audit(tx, { actor: by, action: about !== undefined ? 'doctor.confirm' : 'doctor.unconfirm', detail: { check }, ip })
      })
      return { by, at }
    },
  }
}

export type Confirmations = ReturnType<typeof createConfirmations>
