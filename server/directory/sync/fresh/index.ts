import type { Router } from 'express'
import type { z } from 'zod'
import type { EventSettings, eventSettingsChange } from '#contract/sync/index.ts'
import type { Locale } from '../../../http/locale.ts'
import type { Ticker } from '../../../jobs/ticker.ts'
import type { ChannelStanding } from './channel/view.ts'
import type { FreshParts } from './parts.ts'
import { setTimeout as wait } from 'node:timers/promises'
import { generateEventSecrets } from '../../../dingtalk/index.ts'
import { startTicker } from '../../../jobs/ticker.ts'
import { createFailedList } from './channel/failed-list.ts'
import { createRefusals } from './channel/refusals.ts'
import { createEventSettings } from './channel/settings.ts'
import { createStreamKeeper } from './channel/stream.ts'
import { inboxState, inWords, standingOf } from './channel/view.ts'
import { keepGrace } from './grace.ts'
import { freeClaims, sweepEvents } from './inbox/claims.ts'
import { createIntake } from './inbox/intake.ts'
import { processEvents } from './inbox/process.ts'
import { keepManagers } from './managers.ts'
import { recall, remember, settleOn } from './memory.ts'
import { defaultTimings } from './parts.ts'
import { pushRouter } from './push-route.ts'
import { keepSchedule, nextRunAt } from './schedule/keep.ts'
import { driveWanted } from './wanted/drive.ts'
import { requestRun } from './wanted/request.ts'

export type { FreshParts, FreshTimings } from './parts.ts'
export { scheduleProblem } from './schedule/cron.ts'

const hourMs = 3600_000
/** How late a grace may end. */
const graceMs = 15 * 60_000

/** Keeps the organisation fresh: DingTalk's events, the schedule, and complete runs that make up for what was missed. */
export function createFresh(parts: FreshParts) {
  const { db, engine, dingtalk, credentials, log } = parts
  const timings = { ...defaultTimings, ...parts.timings }
  const settings = createEventSettings(parts)
  let tickers: Record<'inbox' | 'wanted' | 'schedule' | 'stream' | 'failedList' | 'managers' | 'grace' | 'sweeper', Ticker> | undefined
  const intake = createIntake(db, () => tickers?.inbox.wake(), parts.otherEvents)

  async function onGap(why: string): Promise<void> {
    await requestRun(db, 'catch_up', why)
    tickers?.wanted.wake()
  }

  const stream = createStreamKeeper({ db, dingtalk, credentials, log, settings, intake, onGap, timings })
  const refusals = createRefusals(db, log)
  const failedList = createFailedList({ db, dingtalk, credentials, log, settings, intake, onGap })

  /** What is remembered of the channel with the app that is connected now. */
  async function memory() {
    const app = await credentials()
    return { corpId: app?.corpId, ...(app ? await settleOn(db, app) : await recall(db)) }
  }

  async function standing() {
    const { channel, aesKey, token } = await settings.read()
    const { corpId, since, ...known } = await memory()
    const { lastEventAt, waiting, failed } = await inboxState(db, { channel, corpId, since })
    return { stored: { aesKey, token }, since, waiting, failed, ...standingOf({ channel }, stream.state(), known, lastEventAt) }
  }

  /** Until no event has come for a moment: a burst becomes few rounds. */
  async function gather(signal: AbortSignal): Promise<void> {
    const latest = Date.now() + timings.gatherAtMostMs
    for (;;) {
      const quietAt = Math.min(intake.lastAt() + timings.gatherMs, latest)
      if (quietAt <= Date.now())
        return
      await wait(quietAt - Date.now(), undefined, { signal })
    }
  }

  const work = {
    inbox: async (signal: AbortSignal) => {
      await gather(signal)
      const { more, runWanted } = await processEvents({ ...parts, leaseMs: timings.leaseMs }, signal)
      if (runWanted)
        tickers?.wanted.wake()
      return more
    },
    wanted: () => driveWanted(parts),
    schedule: async () => {
      if (await keepSchedule(parts))
        tickers?.wanted.wake()
      return false
    },
    stream: async () => {
      await memory()
      await stream.reconcile()
      return false
    },
    failedList: (signal: AbortSignal) => failedList.ask(signal).then(() => false),
    managers: () => keepManagers(parts).then(() => false),
    grace: async () => {
      if (await keepGrace(parts))
        tickers?.wanted.wake()
      return false
    },
    sweeper: async () => {
      await sweepEvents(db)
      await parts.runs.prune()
      return false
    },
  }

  /** Looks for work at once: settings have changed. */
  function wake(): void {
    Object.values(tickers ?? {}).forEach(ticker => ticker.wake())
  }

  return {
    /** Seeds the event channel from the environment and begins. */
    async start(): Promise<void> {
      await settings.seed()
      if (engine === 'embedded')
        await freeClaims(db)
      const { pollMs } = timings
      tickers = {
        inbox: startTicker({ name: 'following events', work: work.inbox, everyMs: pollMs, log }),
        wanted: startTicker({ name: 'starting a wanted sync', work: work.wanted, everyMs: pollMs, log }),
        schedule: startTicker({ name: 'keeping the sync schedule', work: work.schedule, everyMs: pollMs, log }),
        stream: startTicker({ name: 'keeping the event stream', work: work.stream, everyMs: pollMs, log }),
        failedList: startTicker({ name: 'fetching failed pushes', work: work.failedList, everyMs: 6 * pollMs, log }),
        managers: startTicker({ name: 'asking about direct managers', work: work.managers, everyMs: 12 * pollMs, log }),
        grace: startTicker({ name: 'ending the grace of leavers', work: work.grace, everyMs: graceMs, log }),
        sweeper: startTicker({ name: 'removing old events and runs', work: work.sweeper, everyMs: hourMs, log }),
      }
    },

    /** Ends the stream and the work under way. Events under way are followed after the next start. */
    async stop(): Promise<void> {
      const stopping = Object.values(tickers ?? {}).map(ticker => ticker.stop())
      await Promise.all(stopping)
      await stream.stop()
    },

    wake,

    /** `POST /dingtalk/events`. */
    pushRouter: (): Router =>
      pushRouter({
        settings: settings.read,
        credentials,
        store: (event) => {
          refusals.worked()
          return intake.store('http', event)
        },
        onUnreadable: type => onGap(`a push could not be read: ${type || 'no type'}`),
        onVerified: async () => {
          refusals.worked()
          await memory()
          await remember(db, { verifiedAt: Date.now() })
        },
        onRefused: refusals.note,
        onNotStored: (error) => {
          failedList.expectFailed()
          log.warn({ err: error }, 'an event could not be stored, DingTalk is asked to push it again')
        },
      }),

    /** How the event channel stands; `since`: from when on it is what it is (milliseconds since 1970). */
    async channelStanding(): Promise<ChannelStanding & { since: number | undefined }> {
      const { channel, connection, trouble, doubt, lastEventAt, since } = await standing()
      return { channel, connection, trouble, doubt, lastEventAt, since }
    },

    /** The event channel for display; `baseUrl`: where this server is reached. */
    async eventSettings({ baseUrl, locale }: { baseUrl: string, locale: Locale }): Promise<EventSettings> {
      const { stored, waiting, failed, ...now } = await standing()
      return {
        channel: now.channel,
        aesKeySet: stored.aesKey !== null,
        tokenSet: stored.token !== null,
        pushUrl: `${baseUrl}/dingtalk/events`,
        state: { ...inWords(now, locale), waiting, failed },
      }
    },

    /** Changes the event channel. @throws {AppError} validation_failed when the HTTP push lacks a key */
    async changeEventSettings(wanted: z.output<typeof eventSettingsChange>, by: string, ip: string): Promise<void> {
      await settings.change(wanted, by, ip)
      wake()
    },

    /** A new pair for the HTTP push; nothing is stored until it is saved. */
    generateEventSecrets,

    /** When the schedule starts the next run. */
    nextRunAt: async (): Promise<string | null> => {
      const at = await nextRunAt(parts)
      return at === undefined ? null : new Date(at).toISOString()
    },
  }
}

export type Fresh = ReturnType<typeof createFresh>
