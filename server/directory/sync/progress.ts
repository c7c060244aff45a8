import type { SyncProgress } from '#contract/sync/index.ts'

const rateWindowMs = 5000

/** Counts what a run does. Written by the crawl, read whenever somebody looks. */
export interface ProgressMeter {
  departments: (known: number, done: number) => void
  members: (seen: number) => void
  call: () => void
  retry: () => void
  read: () => SyncProgress
}

export function createProgress(now: () => number = Date.now): ProgressMeter {
  const progress: SyncProgress = { departmentsKnown: 0, departmentsDone: 0, membersSeen: 0, calls: 0, retries: 0, rate: 0 }
  const startedAt = now()
  let recent: number[] = []
  const counted = () => {
    progress.calls++
    recent.push(now())
  }
  return {
    departments(known, done) {
      progress.departmentsKnown = known
      progress.departmentsDone = done
    },
    members(seen) {
      progress.membersSeen = seen
    },
    call: counted,
    retry() {
      progress.retries++
      counted()
    },
    read() {
      const since = now() - rateWindowMs
      recent = recent.filter(at => at > since)
      const seconds = Math.max(1, Math.min(rateWindowMs, now() - startedAt) / 1000)
      return { ...progress, rate: Math.round(recent.length / seconds * 10) / 10 }
    },
  }
}
