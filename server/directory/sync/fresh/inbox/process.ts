import type { FreshParts, FreshTimings } from '../parts.ts'
import type { ClaimedEvent } from './claims.ts'
import type { Sorted } from './sort.ts'
import { withoutValues } from '../../../../db/index.ts'
import { AppError } from '../../../../http/app-error.ts'
import { requestRun } from '../wanted/request.ts'
import { pauseAfter } from './backoff.ts'
import { claimEvents, releaseEvents, renewClaims, settleEvents } from './claims.ts'
import { concernsNobody, readHeld } from './held.ts'
import { sortEvents } from './sort.ts'

/** People and departments that are looked up one by one; above, reading the whole company takes fewer calls for each. */
export const targetedAtMost = 200

/** How soon events are tried again that met a run under way, in milliseconds. */
const busyPauseMs = 1000

export type ProcessParts = Pick<FreshParts, 'db' | 'runs' | 'readSettings' | 'credentials' | 'log'>
  & Pick<FreshTimings, 'leaseMs'>

export interface ProcessResult {
  /** There may be more to do at once. */
  more: boolean
  /** A complete run was asked for. */
  runWanted: boolean
}

const nothing: ProcessResult = { more: false, runWanted: false }

/**
 * Follows the waiting events, all that there are in one go. While the organisation sync is switched off they wait; every
 * event ends as done, ignored or failed, and a failed one leaves a complete run behind.
 */
export async function processEvents(parts: ProcessParts, signal: AbortSignal): Promise<ProcessResult> {
  const { db, readSettings, credentials, leaseMs, log } = parts
  const corpId = (await credentials())?.corpId
  if (corpId === undefined || !(await readSettings()).enabled)
    return nothing
  const claimed = await claimEvents(db, leaseMs)
  if (claimed.length === 0)
    return nothing
  const sorted = sortEvents(claimed, corpId)
  for (const reason of new Set(sorted.ignored.map(each => each.reason)))
    await settleEvents(db, idsOf(sorted.ignored.flatMap(each => (each.reason === reason ? each.event : []))), { status: 'ignored', error: reason })

  const renewing = setInterval(() => {
    renewClaims(db, idsOf(claimed), leaseMs).catch(error => log.warn({ err: error }, 'claims on events could not be renewed'))
  }, leaseMs / 3)
  try {
    return await follow(parts, sorted, signal)
  }
  finally {
    clearInterval(renewing)
  }
}

async function follow(parts: ProcessParts, sorted: Sorted<ClaimedEvent>, signal: AbortSignal): Promise<ProcessResult> {
  const { targets, targeted, complete } = sorted
  const tooMany = targets.userids.length + targets.deptIds.length > targetedAtMost
  // Somebody who left must not keep access until the whole company has been read, or a plan for it was approved.
  const atOnce = tooMany ? leaversOf(targeted) : targeted
  const soon = new Set(atOnce)
  const forCompleteRun = tooMany ? [...complete, ...targeted.filter(event => !soon.has(event))] : complete
  if (forCompleteRun.length > 0) {
    const types = [...new Set(forCompleteRun.map(({ type }) => type))].join(', ')
    await parts.db.transaction(async (tx) => {
      await requestRun(tx, 'events', `${forCompleteRun.length} events: ${types}`)
      await settleEvents(tx, idsOf(forCompleteRun), { status: 'done' })
    })
  }
  const runWanted = forCompleteRun.length > 0
  if (atOnce.length === 0)
    return { more: true, runWanted }
  const rest = await lookUp(parts, { targeted: atOnce, targets: tooMany ? { userids: [...new Set(atOnce.flatMap(({ userids }) => userids))], deptIds: [] } : targets }, signal)
  return { more: rest.more, runWanted: runWanted || rest.runWanted }
}

/** Events of people who left the company, as many as are looked up one by one. */
function leaversOf(events: readonly ClaimedEvent[]): ClaimedEvent[] {
  const userids = new Set<string>()
  return events.filter((event) => {
    if (event.type !== 'user_leave_org' || userids.size + event.userids.length > targetedAtMost)
      return false
    event.userids.forEach(id => userids.add(id))
    return true
  })
}

async function lookUp(parts: ProcessParts, { targets, targeted }: Pick<Sorted<ClaimedEvent>, 'targets' | 'targeted'>, signal: AbortSignal): Promise<ProcessResult> {
  const { db, runs, log } = parts
  try {
    const before = await readHeld(db, targets)
    const { runId, unread } = await runs.applyTargeted(targets, 'events')
    const after = await readHeld(db, targets)
    const failed = new Set(targeted.filter(({ userids, deptIds }) => userids.some(id => unread.userids.has(id)) || deptIds.some(id => unread.deptIds.has(id))))
    const followed = targeted.filter(event => !failed.has(event))
    const unknown = followed.filter(event => concernsNobody(event, before, after))
    await settleEvents(db, idsOf(unknown.filter(({ deptIds }) => deptIds.length === 0)), { status: 'ignored', error: 'unknown_person', runId })
    await settleEvents(db, idsOf(unknown.filter(({ deptIds }) => deptIds.length > 0)), { status: 'ignored', error: 'unknown_department', runId })
    await settleEvents(db, idsOf(followed), { status: 'done', runId })
    log.info({ run: runId, events: followed.length, unread: unread.userids.size, people: targets.userids.length, departments: targets.deptIds.length }, 'events followed')
    return failed.size > 0 ? await fail(parts, [...failed], [...unread.userids.values()][0] ?? new Error('too many people of a department that is gone')) : { more: true, runWanted: false }
  }
  catch (error) {
    const waits
      = signal.aborted
        || (error instanceof AppError && (error.code === 'sync_running' || error.code === 'sync_disabled' || error.code === 'unavailable'))
    if (!waits)
      return fail(parts, targeted, error)
    await releaseEvents(db, idsOf(targeted), busyPauseMs, { forgetAttempt: true })
    return nothing
  }
}

async function fail({ db, log }: ProcessParts, events: ClaimedEvent[], error: unknown): Promise<ProcessResult> {
  const said = withoutValues(error)
  const text = said instanceof Error ? said.message.slice(0, 500) : 'unknown'
  for (const attempts of new Set(events.map(event => event.attempts))) {
    const pause = pauseAfter(attempts)
    if (pause !== undefined)
      await releaseEvents(db, idsOf(events.filter(event => event.attempts === attempts)), pause, { error: text })
  }
  const given = events.filter(({ attempts }) => pauseAfter(attempts) === undefined)
  log.warn({ err: error, events: events.length, givenUp: given.length }, 'events could not be followed')
  if (given.length === 0)
    return nothing
  await db.transaction(async (tx) => {
    await settleEvents(tx, idsOf(given), { status: 'failed', error: text })
    await requestRun(tx, 'catch_up', `${given.length} events could not be followed`)
  })
  return { more: false, runWanted: true }
}

function idsOf(events: readonly { id: string }[]): string[] {
  return events.map(({ id }) => id)
}
