import type { Findings, Verdict } from './plan/index.ts'
import type { ProgressMeter } from './progress.ts'
import type { Snapshot, SnapshotMember } from './snapshot.ts'
import type { ContactSource } from './source.ts'
import type { State } from './state.ts'
import { runLanes } from './lanes.ts'
import { toSnapshotMember } from './member.ts'

/** Calls under way per API. */
const width = 10

/** After so many failures in a row the rest is left uncertain: DingTalk has trouble, or a permission is missing. */
const patience = 5

export interface Confirmed {
  findings: Findings
  /** The snapshot with the people DingTalk still has although no department listed them (they moved meanwhile). */
  snapshot: Snapshot
  /** Those people's userids. */
  found: ReadonlySet<string>
}

interface ConfirmOptions {
  signal: AbortSignal
  progress: Pick<ProgressMeter, 'question'>
}

/**
 * Asks DingTalk about everything we hold and the crawl did not show, one by one. Only "gone" ever leads to a
 * removal; everything else, failures included, keeps.
 */
export async function confirm(source: ContactSource, snapshot: Snapshot, state: State, { signal, progress }: ConfirmOptions): Promise<Confirmed> {
  const shownDepartments = new Set(snapshot.departments.map(({ deptId }) => deptId))
  const shownPeople = new Set(snapshot.members.map(({ userid }) => userid))
  const people = new Map<string, Verdict>()
  const departments = new Map<number, Verdict>()
  const found: SnapshotMember[] = []
  const ask = { person: createAsker(signal), department: createAsker(signal) }

  await runLanes<'person' | 'department'>(width, signal, (add) => {
    for (const { userid, state: known, status } of state.accounts) {
      if (shownPeople.has(userid) || (known === 'gone' && status === 'disabled'))
        continue
      add('person', progress.question(signal =>
        ask.person(async () => {
          const answer = await source.getUser(userid, { signal })
          if (answer.status === 'found')
            found.push(toSnapshotMember(answer.member, answer.member.leaderIn))
          else people.set(userid, answer.status)
        })))
    }
    for (const { deptId } of state.departments) {
      if (deptId === null || shownDepartments.has(deptId))
        continue
      add('department', progress.question(signal =>
        ask.department(async () => {
          const answer = await source.getDepartment(deptId, { signal })
          departments.set(deptId, answer.status === 'found' ? 'uncertain' : answer.status)
        })))
    }
  })
  return {
    findings: { people, departments },
    snapshot: { ...snapshot, members: [...snapshot.members, ...found] },
    found: new Set(found.map(({ userid }) => userid)),
  }
}

/** Runs questions whose failure means "uncertain", and stops asking when DingTalk keeps failing. */
export function createAsker(signal: AbortSignal): (question: () => Promise<void>) => Promise<void> {
  let failures = 0
  return async (question) => {
    if (failures >= patience)
      return
    try {
      await question()
      failures = 0
    }
    catch {
      signal.throwIfAborted()
      failures++
    }
  }
}
