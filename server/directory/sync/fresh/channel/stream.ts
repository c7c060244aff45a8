import type { DingTalkCredentials, Stream, StreamState } from '../../../../dingtalk/index.ts'
import type { Intake } from '../inbox/intake.ts'
import type { FreshParts, FreshTimings } from '../parts.ts'
import type { EventSettingsStore } from './settings.ts'
import { recall, remember } from '../memory.ts'

interface StreamKeeperParts extends Pick<FreshParts, 'db' | 'dingtalk' | 'credentials' | 'log'> {
  settings: EventSettingsStore
  intake: Intake
  /** Events may have been lost. */
  onGap: (why: string) => Promise<void>
  timings: FreshTimings
}

/** How often the last sign of life is written down; shorter than the absence that counts as a gap. */
const rememberEveryMs = 10_000

/** Has the stream connected exactly while the setting says so, with the credentials that count now. */
export function createStreamKeeper({ db, dingtalk, credentials, log, settings, intake, onGap, timings }: StreamKeeperParts) {
  let running: { stream: Stream, as: string } | undefined
  let rememberedAt = 0
  /** Why a complete run is owed that could not be asked for yet: the database was away, too. */
  let owed: string | undefined
  let quotaNotedAt = 0

  async function stop(): Promise<void> {
    const stopped = running
    running = undefined
    if (!stopped)
      return
    await stopped.stream.stop()
    await keepHeardAt(stopped.stream.state())
    log.info('event stream stopped')
  }

  async function ask(why: string): Promise<void> {
    owed = why
    await onGap(why)
    if (owed === why)
      owed = undefined
  }

  /** The stream of every instance writes it: as long as one is connected, nothing is lost. */
  async function keepHeardAt({ heardAt }: StreamState): Promise<void> {
    // What was heard last says where the gap begins, until somebody knows of it.
    if (heardAt !== undefined && heardAt > rememberedAt && owed === undefined) {
      await remember(db, { heardAt })
      rememberedAt = heardAt
    }
  }

  async function start(app: DingTalkCredentials): Promise<void> {
    const { heardAt } = await recall(db)
    const stream = dingtalk.events.startStream({
      corpId: app.corpId,
      onEvent: event => intake.store('stream', event),
      onGap: ({ reason, from, to }) => ask(`the stream was away for ${Math.round((to - from) / 1000)} s (${reason})`),
      ...(heardAt !== undefined && { heardAt }),
      timings: timings.stream,
    })
    running = { stream, as: fingerprint(app) }
  }

  return {
    /** Starts, stops or restarts it as needed. */
    async reconcile(): Promise<void> {
      if (owed !== undefined)
        await ask(owed)
      const app = (await settings.read()).channel === 'stream' ? await credentials() : undefined
      if (running && (!app || running.as !== fingerprint(app)))
        await stop()
      if (!running && app)
        await start(app)
      const state = running?.stream.state()
      if (state?.quotaUsedUpAt !== undefined && state.quotaUsedUpAt > quotaNotedAt) {
        await remember(db, { quotaUsedUpAt: state.quotaUsedUpAt })
        quotaNotedAt = state.quotaUsedUpAt
      }
      if (state?.status === 'connected' && Date.now() - rememberedAt >= rememberEveryMs)
        await keepHeardAt(state)
    },
    /** undefined while it is not wanted. */
    state: (): StreamState | undefined => running?.stream.state(),
    stop,
  }
}

function fingerprint({ corpId, clientId, clientSecret }: DingTalkCredentials): string {
  return JSON.stringify([corpId, clientId, clientSecret])
}

export type StreamKeeper = ReturnType<typeof createStreamKeeper>
