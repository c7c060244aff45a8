import type { Findings, Verdict } from './plan/index.ts'
import type { ProgressMeter } from './progress.ts'
import type { Snapshot, SnapshotMember } from './snapshot.ts'
import type { ContactSource } from './source.ts'
import type { State } from './state.ts'
import { runLanes } from './lanes.ts'
import { toSnapshotMember } from './member.ts'

/** Calls under way per API. */
const width = 10

/** Of those known to be out of scope, so many and at least a part of them are asked about in each run: it takes as many runs, about, to notice that one of them left. */
const outside = { atLeast: 200, parts: 7 }

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
    const missing = state.accounts.filter(({ userid, state: known, status }) => !shownPeople.has(userid) && !(known === 'gone' && status === 'disabled'))
    const later = leftForLater(snapshot.wholeCompany ? [] : missing.flatMap(({ userid, state: known }) => (known === 'out_of_scope' ? userid : [])))
    for (const { userid } of missing) {
      if (later.has(userid)) {
        people.set(userid, 'outOfScope')
        continue
      }
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

/** Who stays what they are this time, by lot. */
function leftForLater(userids: string[]): ReadonlySet<string> {
  const asked = Math.max(outside.atLeast, Math.ceil(userids.length / outside.parts))
  return new Set(userids.map(userid => ({ userid, lot: Math.random() })).sort((a, b) => a.lot - b.lot).slice(asked).map(({ userid }) => userid))
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
