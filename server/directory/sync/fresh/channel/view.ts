import type { EventSettings } from '#contract/sync/index.ts'
import type { Db } from '../../../../db/index.ts'
import type { DingTalkError, StreamState } from '../../../../dingtalk/index.ts'
import type { Locale } from '../../../../http/locale.ts'
import type { Memory } from '../memory.ts'
import type { StoredEventSettings } from './settings.ts'
import { sql } from 'drizzle-orm'
import { tables } from '../../../../db/index.ts'
import { explainReason } from '../../../../dingtalk/index.ts'

/** How the channel stands, for whoever has words for it. */
export interface ChannelStanding {
  channel: StoredEventSettings['channel']
  connection: EventSettings['state']['connection']
  /** What is wrong; explainReason() has words for it. */
  trouble: { reason: string, error?: DingTalkError, at?: Date } | undefined
  /** A push that was refused since the last good one and may be anybody's: no failure, but the first thing to look at when nothing arrives. */
  doubt: { reason: string, at: Date } | undefined
  /** The last event that came by this channel, with these keys, from this company. */
  lastEventAt: Date | null
}

/** From this many attempts in vain on, a stream counts as failed, though it goes on trying. */
const patience = 3

/** How the channel stands, from what the setting wants and what is. */
export function standingOf(
  { channel }: Pick<StoredEventSettings, 'channel'>,
  stream: StreamState | undefined,
  { verifiedAt = 0, refusedAt = 0, refusedCode, doubtedAt = 0, doubtedCode, quotaUsedUpAt = 0 }: Partial<Pick<Memory, 'verifiedAt' | 'refusedAt' | 'refusedCode' | 'doubtedAt' | 'doubtedCode' | 'quotaUsedUpAt'>>,
  lastEventAt: Date | null,
): ChannelStanding {
  const workedAt = Math.max(verifiedAt, Number(lastEventAt))
  const emptyAt = Math.max(quotaUsedUpAt, stream?.quotaUsedUpAt ?? 0)
  const usedUp = emptyAt > Number(lastEventAt) ? { reason: '20001', at: new Date(emptyAt) } : undefined
  if (channel === 'off')
    return { channel, connection: 'off', trouble: undefined, doubt: undefined, lastEventAt }
  if (channel === 'http') {
    const doubt = doubtedCode !== undefined && doubtedAt > workedAt ? { reason: String(doubtedCode), at: new Date(doubtedAt) } : undefined
    if (refusedCode !== undefined && refusedAt > workedAt)
      return { channel, connection: 'failed', trouble: { reason: String(refusedCode), at: new Date(refusedAt) }, doubt: undefined, lastEventAt }
    return { channel, connection: workedAt > 0 ? 'connected' : 'waiting', trouble: undefined, doubt, lastEventAt }
  }
  if (!stream || stream.status === 'stopped')
    return { channel, connection: 'waiting', trouble: usedUp, doubt: undefined, lastEventAt }
  return {
    channel,
    connection: stream.status !== 'connected' && stream.failures >= patience ? 'failed' : stream.status,
    trouble: stream.error ? { reason: stream.error.reason, error: stream.error } : usedUp,
    doubt: undefined,
    lastEventAt,
  }
}

const perhapsNot = { 'zh-CN': '（不一定是钉钉发来的）', 'en-US': '(Perhaps not from DingTalk) ' }

/** The same in the reader's words. */
export function inWords({ connection, trouble, doubt, lastEventAt }: ChannelStanding, locale: Locale): Pick<EventSettings['state'], 'connection' | 'detail' | 'lastEventAt'> {
  const reason = trouble?.reason ?? doubt?.reason
  const told = reason === undefined ? undefined : explainReason(reason, locale, trouble?.error)
  const detail = told ? `${trouble ? '' : perhapsNot[locale]}${told.cause} ${told.fix}`.trim() : null
  return { connection, detail, lastEventAt: lastEventAt?.toISOString() ?? null }
}

/** Which events speak for the channel as it is now. */
interface Present {
  channel: StoredEventSettings['channel']
  corpId: string | undefined
  since: number | undefined
}

/** Numbers of the inbox. `failed`: since the last complete run that went well, which made up for those before it. */
export async function inboxState(db: Db, { channel, corpId, since = 0 }: Present): Promise<{ waiting: number, failed: number, lastEventAt: Date | null }> {
  const { platformEvent, syncRun } = tables
  const [row] = await db
    .select({
      waiting: sql`count(*) filter (where ${platformEvent.status} = 'new')`.mapWith(Number),
      failed:
        sql`count(*) filter (where ${platformEvent.status} = 'failed' and ${platformEvent.processedAt} > coalesce((select max(${syncRun.startedAt}) from ${syncRun} where ${syncRun.status} = 'succeeded' and ${syncRun.mode} = 'apply' and ${syncRun.trigger} in ('button', 'schedule', 'catch_up')), 'epoch'))`.mapWith(
          Number,
        ),
      lastEventAt:
        sql<Date | null>`max(${platformEvent.receivedAt}) filter (where ${platformEvent.channel} = ${channel} and ${platformEvent.data}->>'corpId' = ${corpId ?? ''} and ${platformEvent.receivedAt} >= ${new Date(since).toISOString()}::timestamptz)`.mapWith(
          platformEvent.receivedAt,
        ),
    })
    .from(platformEvent)
  return row ?? { waiting: 0, failed: 0, lastEventAt: null }
}
