import type { SyncProgress } from '#contract/sync/index.ts'

const rateWindowMs = 5000

/** Members that one page of a department tells (dingtalk-server-api §4.4). */
const membersAPage = 100

const nothing: SyncProgress = {
  departmentsKnown: 0,
  departmentsDone: 0,
  membersSeen: 0,
  membersKnown: null,
  questionsKnown: 0,
  questionsDone: 0,
  calls: 0,
  retries: 0,
  rate: 0,
  secondsLeft: null,
  pausedSeconds: 0,
}

/** Counts what a run does. Written by the crawl, read whenever somebody looks. */
export interface ProgressMeter {
  departments: (known: number, done: number) => void
  members: (seen: number) => void
  /** How many members DingTalk announced. */
  announced: (members: number) => void
  /** The same task, counted as one question about one person or department, and as answered when it has ended. */
  question: (task: (signal: AbortSignal) => Promise<void>) => (signal: AbortSignal) => Promise<void>
  call: () => void
  retry: () => void
  read: () => SyncProgress
}

interface MeterOptions {
  /** What an earlier part of the run has counted. */
  since?: Partial<SyncProgress>
  /** Milliseconds DingTalk still has to be left alone. */
  pausedMs?: () => number
  /** Milliseconds of a clock that never jumps, so that setting the machine's clock spoils no rate. */
  now?: () => number
}

export function createProgress({ since, pausedMs = () => 0, now = () => performance.now() }: MeterOptions = {}): ProgressMeter {
  const progress: SyncProgress = { ...nothing, ...since }
  const startedAt = now()
  let recent: number[] = []
  const counted = () => {
    progress.calls++
    recent.push(now())
  }

  /**
   * While departments are still being found, nobody knows how many there are; DingTalk's number of members then says
   * how far the crawl is. Three calls per department are to come (dingtalk-server-api §4), and pages of members.
   * A question is one call.
   */
  function secondsLeft(rate: number): number | null {
    const { departmentsKnown, departmentsDone, membersSeen, membersKnown, questionsKnown, questionsDone } = progress
    if (rate === 0 || departmentsKnown === 0)
      return null
    if (questionsKnown > 0)
      return Math.ceil((questionsKnown - questionsDone) / rate)
    const share = membersKnown ? membersSeen / membersKnown : 1
    if (share === 0)
      return null
    const departments = Math.max(departmentsKnown, departmentsDone / Math.min(1, share))
    const pages = Math.max(0, (membersKnown ?? membersSeen) - membersSeen) / membersAPage
    return Math.ceil((Math.max(0, departments - departmentsDone) * 3 + pages) / rate)
  }

  return {
    departments(known, done) {
      progress.departmentsKnown = known
      progress.departmentsDone = done
    },
    members(seen) {
      progress.membersSeen = seen
    },
    announced(members) {
      progress.membersKnown = members
    },
    question(task) {
      progress.questionsKnown++
      return async (signal) => {
        await task(signal)
        progress.questionsDone++
      }
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
      const rate = Math.round((recent.length / seconds) * 10) / 10
      return { ...progress, rate, secondsLeft: secondsLeft(rate), pausedSeconds: Math.ceil(pausedMs() / 1000) }
    },
  }
}
