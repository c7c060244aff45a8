import type { MessageCategory } from '#contract/messages/index.ts'
import type { Db } from '../../db/index.ts'
import { and, eq, inArray, isNull, lt } from 'drizzle-orm'
import { tables } from '../../db/index.ts'

const { inboxMessage } = tables

/** Which of somebody's messages. */
export type Which = { ids: string[] } | { link: string } | { all: true, category?: MessageCategory | undefined }

/** Marks messages of this person as read; others' are out of reach whatever is named. */
export async function markRead(db: Db, accountId: string, which: Which): Promise<void> {
  const named
    = 'ids' in which
      ? inArray(inboxMessage.id, which.ids)
      : 'link' in which
        ? eq(inboxMessage.link, which.link)
        : which.category
          ? eq(inboxMessage.category, which.category)
          : undefined
  await db
    .update(inboxMessage)
    .set({ readAt: new Date() })
    .where(and(eq(inboxMessage.accountId, accountId), isNull(inboxMessage.readAt), named))
}

const keptMs = 180 * 24 * 3600 * 1000

/** Removes messages that are older than half a year. */
export async function forgetOld(db: Db, now: Date): Promise<void> {
  await db.delete(inboxMessage).where(lt(inboxMessage.at, new Date(now.getTime() - keptMs)))
}
