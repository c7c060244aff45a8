import type { EventSettings } from '#contract/sync/index.ts'
import type { Db } from '../../../../db/index.ts'
import type { StreamState } from '../../../../dingtalk/index.ts'
import type { Locale } from '../../../../http/locale.ts'
import type { Memory } from '../memory.ts'
import type { StoredEventSettings } from './settings.ts'
import { sql } from 'drizzle-orm'
import { tables } from '../../../../db/index.ts'
import { explain } from '../../../../dingtalk/index.ts'

type Connection = Pick<EventSettings['state'], 'connection' | 'detail'>

/** From this many attempts in vain on, a stream counts as failed, though it goes on trying. */
const patience = 3

/** How the channel stands, from what the setting wants and what is. */
export function connectionState(
  { channel }: Pick<StoredEventSettings, 'channel'>,
  stream: StreamState | undefined,
  { verifiedAt, lastPushAt }: { verifiedAt: Memory['verifiedAt'], lastPushAt: Date | null },
  locale: Locale,
): Connection {
  if (channel === 'off')
    return { connection: 'off', detail: null }
  if (channel === 'http')
    return { connection: verifiedAt !== undefined || lastPushAt !== null ? 'connected' : 'waiting', detail: null }
  if (!stream || stream.status === 'stopped')
    return { connection: 'waiting', detail: null }
  const { error } = stream
  return {
    connection: stream.status !== 'connected' && stream.failures >= patience ? 'failed' : stream.status,
    detail: error ? `${explain(error, locale).cause} ${explain(error, locale).fix}`.trim() : null,
  }
}

/** Numbers of the inbox. `failed`: since the last complete run that went well, which made up for those before it. */
export async function inboxState(db: Db): Promise<{ waiting: number, failed: number, lastEventAt: Date | null, lastPushAt: Date | null }> {
  const { platformEvent, syncRun } = tables
  const [row] = await db
    .select({
      waiting: sql`count(*) filter (where ${platformEvent.status} = 'new')`.mapWith(Number),
      failed:
        sql`count(*) filter (where ${platformEvent.status} = 'failed' and ${platformEvent.processedAt} > coalesce((select max(${syncRun.startedAt}) from ${syncRun} where ${syncRun.status} = 'succeeded' and ${syncRun.mode} = 'apply' and ${syncRun.trigger} in ('button', 'schedule', 'catch_up')), 'epoch'))`.mapWith(
          Number,
        ),
      lastEventAt: sql<Date | null>`max(${platformEvent.receivedAt})`.mapWith(platformEvent.receivedAt),
      lastPushAt: sql<Date | null>`max(${platformEvent.receivedAt}) filter (where ${platformEvent.channel} = 'http')`.mapWith(
        platformEvent.receivedAt,
      ),
    })
    .from(platformEvent)
  return row ?? { waiting: 0, failed: 0, lastEventAt: null, lastPushAt: null }
}
