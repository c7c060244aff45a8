import type { DeliveryQueue } from '#contract/delivery/index.ts'
import type { Locale } from '../../http/locale.ts'
import type { DeliveryParts } from '../parts.ts'
import { inArray, sql } from 'drizzle-orm'
import { tables } from '../../db/index.ts'
import { word } from '../log/reasons.ts'
import { readPause } from './state.ts'

const { notification } = tables

/** What stands in the way of sending, and what waits. */
export async function describeQueue({ db, enabled, now }: DeliveryParts, locale: Locale): Promise<DeliveryQueue> {
  const paused = await readPause(db, now())
  const rows = await db
    .select({
      // What was pushed back waits, too.
      state: sql<string>`case when ${notification.state} = 'sending' and ${notification.reason} is not null then 'queued' else ${notification.state} end`.as('state_now'),
      people: sql<number>`sum(${notification.receivers})::int`,
      oldest: sql<string | null>`min(${notification.createdAt})`,
    })
    .from(notification)
    .where(inArray(notification.state, ['queued', 'sending', 'unbound']))
    .groupBy(sql`state_now`)
  const of = (state: string) => rows.find(row => row.state === state)
  const oldest = of('queued')?.oldest
  return {
    enabled: await enabled(),
    paused: paused && {
      reason: paused.reason,
      ...word(paused.reason, locale, paused.details),
      since: new Date(paused.since).toISOString(),
      by: paused.by,
      until: paused.until === null ? null : new Date(paused.until).toISOString(),
    },
    waiting: of('queued')?.people ?? 0,
    sending: of('sending')?.people ?? 0,
    unbound: of('unbound')?.people ?? 0,
    oldestAt: oldest ? new Date(oldest).toISOString() : null,
  }
}
