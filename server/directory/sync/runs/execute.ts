import type { Snapshot } from '../snapshot.ts'
import type { LiveRun, RunEnd, RunParts } from './parts.ts'
import type { Targets } from './target-reading.ts'
import type { Reading, Written } from './write-plan.ts'
import { lockBindings } from '../../binding-locks.ts'
import { readAcceptedCount } from '../accepted-count.ts'
import { confirm } from '../confirm.ts'
import { SyncFailure } from '../failure.ts'
import { learnManagers } from '../managers.ts'
import { readCompany } from '../read-company.ts'
import { loadRelevant } from '../relevant/index.ts'
import { counted } from '../source.ts'
import { announceEnd } from './announce.ts'
import { unlessOvertaken } from './overtaken.ts'
import { Doubtful } from './still-gone.ts'
import { endRun } from './store.ts'
import { loadHeld, patched, readTargets } from './target-reading.ts'
import { lastTargeted, targetedSince } from './targeted-since.ts'
import { readUnsettled } from './unsettled.ts'
import { writePlan } from './write-plan.ts'

export type CrawlRun = LiveRun & { mode: 'preview' | 'apply' }

/** Events keep coming while people and departments are read again; after so many rounds the run gives way. */
const roundsAtMost = 10

/** What has to be read again; events are covered up to `followed`. */
interface Again {
  again: Targets
  followed: number
}

/** Departments of a narrowed scope that are told by name. */
const namedAtMost = 200

/**
 * One run from the authorized scope to its end, which it records. Changing the company and recording success
 * are one transaction: a process that dies leaves either both or neither.
 * @throws {SyncFailure | DingTalkError} when nothing was changed
 */
export async function execute(parts: RunParts, run: CrawlRun): Promise<RunEnd> {
  const { signal, meter } = run
  const { db } = parts
  const source = counted(parts.source, meter)
  let followed = await lastTargeted(db)
  const scope = await source.authScopes({ signal })
  run.scope = { wholeCompany: scope.deptIds.includes(1), departments: scope.deptIds.length, people: scope.userids.length, members: 0, company: null, names: [], countAccepted: false }

  run.phase = 'crawl'
  const known = await readAcceptedCount(db, await parts.corpId())
  const accepted = known ? known.announced - known.seen : undefined
  const { snapshot: read, moved, company, mismatch, countAccepted } = await readCompany(source, scope, { signal, progress: meter, accepted })
  run.scope = { ...run.scope, departments: read.departments.length, members: read.members.length, company, names: namesWithin(scope.deptIds, read), countAccepted }

  run.phase = 'confirm'
  const asking = { signal, progress: meter }
  const settings = await parts.readSettings()
  const held = await loadHeld(db)
  const state = await db.transaction(tx => loadRelevant(tx, { snapshot: read, findings: { people: new Map(), departments: new Map() } }, settings))
  const confirmed = await confirm(source, read, state, asking)
  const settled = await readUnsettled(source, confirmed, { held, state, moved, settings }, asking)
  const sure = new Set<string>()
  let reading: Reading = { ...(await learnManagers({ ...parts, source }, settled, asking)), mismatch, sure }
  for (let round = 0; round < roundsAtMost; round++) {
    signal.throwIfAborted()
    run.phase = run.mode === 'preview' ? 'plan' : 'apply'
    const outcome = await unlessOvertaken(() => write(parts, run, reading, followed))
    if ('written' in outcome)
      return outcome.written
    run.phase = 'confirm'
    reading = patched(reading, await readTargets(source, outcome.again, await loadHeld(db), asking))
    outcome.again.userids.forEach(userid => sure.add(userid))
    followed = outcome.followed
  }
  throw new SyncFailure('changed_underway')
}

/** What the departments are called that the app may read; the whole company needs no list. */
function namesWithin(deptIds: number[], { wholeCompany, departments }: Snapshot): string[] {
  const wanted = new Set(wholeCompany ? [] : deptIds)
  return departments.filter(({ deptId }) => wanted.has(deptId)).slice(0, namedAtMost).map(({ deptId, name }) => name || `#${deptId}`)
}

/**
 * Plans and writes, unless something has to be read again first: what events have changed since `followed`, because
 * what the crawl saw may be older than that, and whoever would be disabled on the word of minutes ago. Every statement sees what is
 * there by then (read committed): a snapshot would be broken by the run's own heartbeat, which goes on beside it. A
 * preview that saw a change by half does not fit any more when it is to be applied, and says so.
 */
async function write(parts: RunParts, run: CrawlRun, reading: Reading, followed: number): Promise<{ written: Written } | Again> {
  const { db, log } = parts
  const attempt = db.transaction(async (tx) => {
    if (run.mode === 'apply')
      await lockBindings(tx)
    const again = await targetedSince(tx, followed)
    if (again.userids.length + again.deptIds.length > 0)
      return { again, followed: await lastTargeted(tx) }
    const written = await writePlan(tx, parts, run.id, reading, run.mode, run.signal)
    run.signal.throwIfAborted()
    const {
      status,
      counts,
      stop,
      stateHash,
      plan: { kept },
    } = written
    if (!(await endRun(tx, run.id, { status, counts, stop, stateHash, phase: 'done', progress: run.meter.read(), scope: run.scope, error: null })))
      throw new SyncFailure('interrupted')
    await announceEnd(tx, parts, run.id)
    if (kept.length > 0)
      log.info({ run: run.id, kept: kept.slice(0, 100), of: kept.length }, 'people kept although the crawl did not confirm them')
    return { written }
  })
  return attempt.catch((error: unknown) => {
    if (error instanceof Doubtful)
      return { again: { userids: error.userids, deptIds: [] }, followed }
    throw error
  })
}
