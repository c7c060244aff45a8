import type { CheckId } from '#contract/connection.ts'
import type { Db } from '../../db/index.ts'
import { and, eq } from 'drizzle-orm'
import { audit } from '../../audit/index.ts'
import { tables } from '../../db/index.ts'

/** Who said when that it is so. */
export interface Confirmation {
  by: string
  at: Date
}

/** What administrators confirmed by hand; of another app it says nothing. */
export function createConfirmations({ db }: { db: Db }) {
  const { doctorConfirmation: table } = tables
  return {
    async of(app: string): Promise<Map<CheckId, Confirmation>> {
      const rows = await db.select().from(table).where(eq(table.app, app))
      return new Map(rows.map(row => [row.check as CheckId, { by: row.by, at: row.at }]))
    },

    async set(app: string, check: CheckId, confirmed: boolean, by: string, ip: string): Promise<void> {
      await db.transaction(async (tx) => {
        const at = new Date()
        if (confirmed)
          await tx.insert(table).values({ check, app, by, at }).onConflictDoUpdate({ target: [table.check, table.app], set: { by, at } })
        else await tx.delete(table).where(and(eq(table.check, check), eq(table.app, app)))
        await audit(tx, { actor: by, action: confirmed ? 'doctor.confirm' : 'doctor.unconfirm', detail: { check }, ip })
      })
    },
  }
}

export type Confirmations = ReturnType<typeof createConfirmations>
