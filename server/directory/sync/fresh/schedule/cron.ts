import { createHash } from 'node:crypto'
import { Cron } from 'croner'

/** A cron expression in a time zone, and how far fires on the full hour are put off (milliseconds). */
export interface Schedule {
  cron: string
  timeZone: string
  offsetMs: number
}

const minute = 60_000

/**
 * DingTalk is busiest on the full hour, when everybody's scheduled jobs start. Fires at minute 0 are put off by 10 to
 * 39 minutes, always the same for a company, different between companies.
 */
export function offsetOf(corpId: string): number {
  return (10 + (createHash('sha256').update(corpId).digest().readUInt32BE() % 30)) * minute
}

/** What is wrong with a schedule, as the key of an issue; undefined when nothing is. */
export function scheduleProblem({
  cron,
  timeZone,
}: {
  cron: string | null
  timeZone: string
}): { path: 'cron' | 'timeZone', message: 'cron_format' | 'time_zone' } | undefined {
  if (!works(() => new Intl.DateTimeFormat('en-US', { timeZone })))
    return { path: 'timeZone', message: 'time_zone' }
  if (cron !== null && !works(() => nextFire({ cron, timeZone, offsetMs: 0 }, Date.now())))
    return { path: 'cron', message: 'cron_format' }
}

/** Whether there is a result. */
function works(attempt: () => unknown): boolean {
  try {
    return attempt() !== undefined
  }
  catch {
    return false
  }
}

/**
 * When it fires next after `after`, put-off included (milliseconds since 1970); undefined when it never does.
 * @throws {Error} when the expression or the time zone is wrong
 */
export function nextFire({ cron, timeZone, offsetMs }: Schedule, after: number): number | undefined {
  const job = new Cron(cron, { timezone: timeZone, mode: '5-part', paused: true })
  let best: number | undefined
  // A put-off fire may come after the ones that follow it: look on until none can be earlier.
  for (let raw = job.nextRun(new Date(after - offsetMs)); raw && (best === undefined || raw.getTime() < best); raw = job.nextRun(raw)) {
    const fire = raw.getTime() + (raw.getUTCMinutes() === 0 ? offsetMs : 0)
    if (fire > after && (best === undefined || fire < best))
      best = fire
  }
  return best
}
