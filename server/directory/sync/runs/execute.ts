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
import { endRun, targetedSince } from './store.ts'
import { loadHeld, patched, readTargets } from './target-reading.ts'
import { readUnsettled } from './unsettled.ts'
import { writePlan } from './write-plan.ts'

export type CrawlRun = LiveRun & { mode: 'preview' | 'apply' }

/** Events keep coming while what they named is read again; after so many rounds the run gives way. */
const roundsAtMost = 10

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
  let reading: Reading = { ...(await learnManagers({ ...parts, source }, settled, asking)), mismatch }
  const fresh: Targets = { userids: [], deptIds: [] }
  for (let round = 0; round < roundsAtMost; round++) {
    signal.throwIfAborted()
    run.phase = run.mode === 'preview' ? 'plan' : 'apply'
    const outcome = await unlessOvertaken(() => write(parts, run, reading, fresh))
    if ('written' in outcome)
      return outcome.written
    // Events were followed since the crawl began; what it saw of these people and departments may be older than that.
    reading = patched(reading, await readTargets(source, outcome.newer, await loadHeld(db), asking))
    fresh.userids.push(...outcome.newer.userids)
    fresh.deptIds.push(...outcome.newer.deptIds)
  }
  throw new SyncFailure('changed_underway')
}

/** What the departments are called that the app may read; the whole company needs no list. */
function namesWithin(deptIds: number[], { wholeCompany, departments }: Snapshot): string[] {
  const wanted = new Set(wholeCompany ? [] : deptIds)
  return departments.filter(({ deptId }) => wanted.has(deptId)).slice(0, namedAtMost).map(({ deptId, name }) => name || `#${deptId}`)
}

/**
 * Plans and writes, unless something was changed by an event that `fresh` does not cover. Every statement sees what is
 * there by then (read committed): a snapshot would be broken by the run's own heartbeat, which goes on beside it. A
 * preview that saw a change by half does not fit any more when it is to be applied, and says so.
 */
async function write(parts: RunParts, run: CrawlRun, reading: Reading, fresh: Targets): Promise<{ written: Written } | { newer: Targets }> {
  const { db, log } = parts
  return db.transaction(async (tx) => {
    if (run.mode === 'apply')
      await lockBindings(tx)
    const since = await targetedSince(tx, run.id)
    const newer = {
      userids: since.userids.filter(userid => !fresh.userids.includes(userid)),
      deptIds: since.deptIds.filter(deptId => !fresh.deptIds.includes(deptId)),
    }
    if (newer.userids.length + newer.deptIds.length > 0)
      return { newer }
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
}
