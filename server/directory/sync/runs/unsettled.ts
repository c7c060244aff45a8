import type { SyncSettings } from '#contract/sync/index.ts'
import type { Confirmed } from '../confirm.ts'
import type { ProgressMeter } from '../progress.ts'
import type { Snapshot } from '../snapshot.ts'
import type { ContactSource } from '../source.ts'
import type { State } from '../state.ts'
import type { Held, Targets } from './target-reading.ts'
import { patched, readTargets } from './target-reading.ts'

interface Known {
  /** From before the questions; whoever is as the crawl saw them has nothing to lose, and is not in it. */
  state: State
  held: Held
  /** Whom the crawl saw in one place and in another. */
  moved: string[]
  settings: Pick<SyncSettings, 'includeDepartments' | 'excludeDepartments'>
}

/**
 * A crawl takes minutes, and DingTalk goes on meanwhile: somebody moves, and the department they move to was read
 * before, or did not exist when the one above it was listed. Nobody may lose a department by that, so these are asked
 * about once more, one by one: whom the crawl saw in one place and in another, whoever would lose a department, and
 * departments that people name and the crawl did not see.
 * @throws {DingTalkError} when a call failed for good
 */
export async function readUnsettled<Read extends Confirmed>(
  source: ContactSource,
  reading: Read,
  known: Known,
  { signal, progress }: { signal: AbortSignal, progress: Pick<ProgressMeter, 'question'> },
): Promise<Read> {
  const targets = unsettled(reading, known)
  if (targets.userids.length + targets.deptIds.length === 0)
    return reading
  const read = new Set(reading.snapshot.departments.map(({ deptId }) => deptId))
  return patched(reading, await readTargets(source, targets, known.held, { signal, progress, read }))
}

function unsettled(reading: Confirmed, { state, moved, settings }: Known): Targets {
  const { snapshot, found } = reading
  const userids = new Set([...moved, ...losing(reading, state, settings)])
  // What was asked just now is settled.
  for (const userid of found) userids.delete(userid)
  return { userids: [...userids], deptIds: missed(snapshot, found, state) }
}

/** People we hold in a department that DingTalk has and did not name for them. */
function losing({ snapshot, findings }: Confirmed, state: State, { includeDepartments, excludeDepartments }: Known['settings']): string[] {
  const members = new Map(snapshot.members.map(member => [member.userid, member]))
  const deptIds = new Map(
    state.departments.flatMap(({ id, deptId }) => (deptId === null || findings.departments.get(deptId) === 'gone' ? [] : [[id, deptId] as const])),
  )
  const isFiltered = includeDepartments.length + excludeDepartments.length > 0
  return state.accounts.flatMap(({ id, userid, unionid, state: known }) => {
    const member = members.get(userid)
    // A person the settings leave out stays where they are, and so does one whose userid is another's now.
    if (!member || member.deptIds.length === 0 || (isFiltered && known === 'out_of_scope') || (member.unionid && unionid && member.unionid !== unionid))
      return []
    for (const departmentId of state.memberships.get(id)?.keys() ?? []) {
      const deptId = deptIds.get(departmentId)
      if (deptId !== undefined && !member.deptIds.includes(deptId))
        return userid
    }
    return []
  })
}

/**
 * Departments that people name, and that were neither read nor held before. Where the app may read only a part, nearly
 * all of them are outside of it; there, only those count whom no department listed, and who may be in a new one.
 */
function missed({ wholeCompany, departments, members }: Snapshot, found: ReadonlySet<string>, state: State): number[] {
  const known = new Set<number | null>([...departments, ...state.departments].map(({ deptId }) => deptId))
  const named = members.filter(({ userid }) => wholeCompany || found.has(userid)).flatMap(({ deptIds }) => deptIds)
  return [...new Set(named.filter(deptId => deptId > 0 && !known.has(deptId)))]
}
