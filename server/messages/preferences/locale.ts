import type { Db } from '../../db/index.ts'
import type { Locale } from '../../http/locale.ts'
import { sql } from 'drizzle-orm'
import { tables } from '../../db/index.ts'

const { messagePreference } = tables

/** Remembers the language somebody reads in; writes only when it is another one. */
export async function noteLocale(db: Db, accountId: string, locale: Locale): Promise<void> {
  await db
    .insert(messagePreference)
    .values({ accountId, locale })
    .onConflictDoUpdate({ target: messagePreference.accountId, set: { locale }, setWhere: sql`${messagePreference.locale} is distinct from ${locale}` })
}
