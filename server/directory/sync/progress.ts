import type { SyncProgress } from '#contract/sync/index.ts'

const rateWindowMs = 5000

/** Members that one page of a department tells (dingtalk-server-api §4.4). */
const membersAPage = 100

/** Counts what a run does. Written by the crawl, read whenever somebody looks. */
export interface ProgressMeter {
  departments: (known: number, done: number) => void
  members: (seen: number) => void
  /** How many members DingTalk announced. */
  announced: (members: number) => void
  call: () => void
  retry: () => void
  read: () => SyncProgress
}

/** `now` in milliseconds of a clock that never jumps, so that setting the machine's clock spoils no rate. */
export function createProgress(now: () => number = () => performance.now()): ProgressMeter {
  const progress: SyncProgress = {
    departmentsKnown: 0,
    departmentsDone: 0,
    membersSeen: 0,
    membersKnown: null,
    calls: 0,
    retries: 0,
    rate: 0,
    secondsLeft: null,
  }
  const startedAt = now()
  let recent: number[] = []
  const counted = () => {
    progress.calls++
    recent.push(now())
  }

  /**
   * While departments are still being found, nobody knows how many there are; DingTalk's number of members then says
   * how far the crawl is. Three calls per department are to come (dingtalk-server-api §4), and pages of members.
   */
  function secondsLeft(rate: number): number | null {
    const { departmentsKnown, departmentsDone, membersSeen, membersKnown } = progress
    if (rate === 0 || departmentsKnown === 0)
      return null
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
      return { ...progress, rate, secondsLeft: secondsLeft(rate) }
    },
  }
}
