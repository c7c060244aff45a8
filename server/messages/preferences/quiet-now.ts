import type { IsWorking } from '../../calendar/index.ts'
import type { Db } from '../../db/index.ts'
import { sql } from 'drizzle-orm'
import { messageChoices } from '#contract/messages/preferences.ts'
import { tables } from '../../db/index.ts'
import { afterQuiet } from '../publish/quiet.ts'

const { messagePreference } = tables
const { quiet } = messageChoices.shape

/** Whom DingTalk shall leave alone at a moment, and until when. */
export async function quietNow(db: Db, at: Date, isWorking: IsWorking): Promise<Map<string, Date>> {
  const rows = await db
    .select({ accountId: messagePreference.accountId, quiet: sql<unknown>`${messagePreference.choices} -> 'quiet'` })
    .from(messagePreference)
    .where(sql`jsonb_typeof(${messagePreference.choices} -> 'quiet') = 'object'`)
  return new Map(rows.flatMap(({ accountId, quiet: hours }) => {
    const until = afterQuiet(at, quiet.parse(hours), isWorking)
    return until ? [[accountId, until] as const] : []
  }))
}
