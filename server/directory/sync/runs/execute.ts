import type { Logger } from 'pino'
import type { SyncCounts, SyncRun } from '#contract/sync/index.ts'
import type { Db } from '../../../db/index.ts'
import type { EndSessions } from '../apply/index.ts'
import type { Plan } from '../plan/index.ts'
import type { ProgressMeter } from '../progress.ts'
import type { ContactSource } from '../source.ts'
import type { State } from '../state.ts'
import { sql } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { applyPlan } from '../apply/index.ts'
import { confirm } from '../confirm.ts'
import { SyncFailure } from '../failure.ts'
import { guardPlan } from '../guard.ts'
import { countPlan, makePlan } from '../plan/index.ts'
import { readCompany } from '../read-company.ts'
import { counted } from '../source.ts'
import { loadState } from '../state.ts'
import { endRun } from './store.ts'

/** A run under way in this process. */
export interface LiveRun {
  id: string
  mode: SyncRun['mode']
  phase: SyncRun['phase']
  scope: SyncRun['scope']
  meter: ProgressMeter
  signal: AbortSignal
}

export interface ExecuteParts {
  db: Db
  source: ContactSource
  endSessions: EndSessions
  log: Logger
}

/**
 * One run from the authorized scope to its end, which it records. Changing the company and recording success
 * are one transaction: a process that dies leaves either both or neither.
 * @throws {SyncFailure | DingTalkError} when nothing was changed
 */
export async function execute({ db, source: uncounted, endSessions, log }: ExecuteParts, run: LiveRun): Promise<SyncCounts> {
  const { signal, meter } = run
  const source = counted(uncounted, meter)
  const scope = await source.authScopes({ signal })
  run.scope = { wholeCompany: scope.deptIds.includes(1), departments: scope.deptIds.length, people: scope.userids.length, members: 0 }

  run.phase = 'crawl'
  const read = await readCompany(source, scope, { signal, progress: meter })
  run.scope = { ...run.scope, departments: read.departments.length, members: read.members.length }

  run.phase = 'confirm'
  const { snapshot, findings } = await confirm(source, read, await loadState(db), signal)
  signal.throwIfAborted()

  run.phase = 'plan'
  const plan = (state: State): Plan => {
    const made = makePlan(snapshot, state, findings)
    guardPlan(made, state)
    return made
  }
  const ending = (made: Plan) => ({
    phase: 'done' as const,
    progress: meter.read(),
    scope: run.scope,
    counts: countPlan(made),
    error: null,
  })

  if (run.mode === 'preview') {
    const made = plan(await loadState(db))
    await endRun(db, run.id, { status: 'planned', ...ending(made) })
    return countPlan(made)
  }

  run.phase = 'apply'
  return db.transaction(async (tx) => {
    // First logins of administrators add bindings, too. They wait here, so that the plan fits what it changes.
    await tx.execute(sql`lock table ${tables.binding} in share row exclusive mode`)
    const made = plan(await loadState(tx))
    signal.throwIfAborted()
    await applyPlan(tx, made, endSessions)
    signal.throwIfAborted()
    if (!await endRun(tx, run.id, { status: 'succeeded', ...ending(made) }))
      throw new SyncFailure('interrupted')
    if (made.kept.length > 0)
      log.info({ run: run.id, kept: made.kept.slice(0, 100), of: made.kept.length }, 'people kept although the crawl did not confirm them')
    return countPlan(made)
  })
}
