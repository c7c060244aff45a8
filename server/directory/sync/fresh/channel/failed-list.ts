import type { Intake } from '../inbox/intake.ts'
import type { FreshParts } from '../parts.ts'
import type { EventSettingsStore } from './settings.ts'
import { DingTalkError, throttleOf } from '../../../../dingtalk/index.ts'
import { beginAsking, recall, remember } from '../memory.ts'

const minute = 60_000

/**
 * DingTalk gives a push up after its retries (10 s, 30 s), and lists it three to five minutes later
 * (dingtalk-server-api §7): what failed just now can be fetched after this time.
 */
const listedAfterMs = 6 * minute

/** Regular look; each call counts against the monthly quota (§9.4), so not more often than it pays. */
const everyMs = 6 * 60 * minute

/** An asker that was silent for so long is gone. */
const staleMs = 10 * minute

interface FailedListParts extends Pick<FreshParts, 'db' | 'dingtalk' | 'credentials' | 'log'> {
  settings: EventSettingsStore
  intake: Intake
  onGap: (why: string) => Promise<void>
}

/**
 * Fetches the pushes that did not reach us: after a start, after pushes that could not be stored, and now and then.
 * Every call deletes what the previous one returned, so one instance asks at a time and stores each batch before the
 * next call; whoever dies in between is noticed by the next, who asks for a complete run instead.
 */
export function createFailedList({ db, dingtalk, credentials, log, settings, intake, onGap }: FailedListParts) {
  let soon = [Date.now(), Date.now() + listedAfterMs]

  /** A call is never broken off, because its answer would be lost: a server that stops waits for it. @returns whether all were fetched */
  async function fetchAll(signal: AbortSignal): Promise<boolean> {
    for await (const { events, unreadable } of dingtalk.events.failedPushes()) {
      await intake.store('failed_list', ...events)
      log.info({ events: events.length, unreadable }, 'failed pushes fetched')
      if (unreadable > 0)
        await onGap(`${unreadable} failed pushes could not be read`)
      if (signal.aborted)
        return false
    }
    return true
  }

  return {
    /** A push could not be stored just now. */
    expectFailed: () => void soon.push(Date.now() + listedAfterMs),

    /** Asks when it is time to, while events come by HTTP push. */
    async ask(signal: AbortSignal): Promise<void> {
      const now = Date.now()
      if ((await settings.read()).channel !== 'http' || !(await credentials()))
        return
      const { failedListAt = 0 } = await recall(db)
      if (now < failedListAt && soon.every(at => now < at))
        return
      const begun = await beginAsking(db, now, staleMs)
      if (!begun)
        return
      if (begun.unfinished)
        await onGap('fetching failed pushes was interrupted')
      let all = true
      let passing = false
      try {
        all = await fetchAll(signal)
      }
      catch (error) {
        if (!(error instanceof DingTalkError))
          throw error
        log.warn({ err: error }, 'failed pushes could not be fetched')
        // A look that was planned is not used up by a refusal that passes.
        if (throttleOf(error.reason, error.httpStatus) || error.webPage || error.httpStatus === 0)
          passing = true
        if (error.outcome === 'unknown')
          await onGap('the answer with failed pushes was lost')
      }
      soon = [...soon.filter(at => at > now), ...(passing ? [Date.now() + listedAfterMs] : [])]
      await remember(db, { askingSince: null, ...(all && { failedListAt: now + everyMs }) })
    },
  }
}

export type FailedList = ReturnType<typeof createFailedList>
