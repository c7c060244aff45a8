import type { z } from 'zod'
import type { NotificationState, recipientsQuery } from '#contract/delivery/index.ts'
import type { Db } from '../../db/index.ts'
import type { Reader } from './detail.ts'
import { and, inArray } from 'drizzle-orm'
import { tables } from '../../db/index.ts'
import { writeCursor } from '../../http/cursor.ts'
import { after, recipients } from './detail.ts'
import { present } from './list.ts'

const { notification, notificationSending } = tables

/** What became of some lines of the log, taken together: people in each state, and a page of recipients. */
export async function describeResults(db: Db, sendings: string[], query: z.output<typeof recipientsQuery>, reader: Reader) {
  const states: Partial<Record<NotificationState, number>> = {}
  const rows = sendings.length === 0 ? [] : await db.select().from(notificationSending).where(inArray(notificationSending.id, sendings))
  for (const sending of await present(db, rows)) {
    for (const [state, people] of Object.entries(sending.states)) states[state as NotificationState] = (states[state as NotificationState] ?? 0) + people
  }
  const matching = and(inArray(notification.sendingId, sendings), query.state && inArray(notification.state, [query.state]))
  const items = sendings.length === 0 ? [] : await recipients(db, and(matching, after(query.cursor)), query.limit + 1, reader)
  return {
    states,
    recipients: {
      items: items.slice(0, query.limit),
      nextCursor: items.length > query.limit ? writeCursor({ id: items[query.limit - 1]!.id }) : null,
      total: sendings.length === 0 ? 0 : await db.$count(notification, matching),
    },
  }
}
