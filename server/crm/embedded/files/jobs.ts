import type { ImportJob } from '#contract/crm/files.ts'
import type { Actor, RecordKind } from '../../gateway.ts'
import type { KindDef } from '../kinds/index.ts'
import type { EmbeddedParts } from '../parts.ts'
import type { CheckedSheet } from './check-rows.ts'
import type { Progress } from './heartbeat.ts'
import { Buffer } from 'node:buffer'
import { setTimeout as wait } from 'node:timers/promises'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { audit } from '../../../audit/index.ts'
import { tables } from '../../../db/index.ts'
import { AppError } from '../../../http/app-error.ts'
import { wordError } from '../../../http/error-texts/index.ts'
import { reachOf } from '../access/reach.ts'
import { isId } from '../access/read.ts'
import { abilitiesOf } from '../access/rights.ts'
import { kinds } from '../kinds/index.ts'
import { checkRows } from './check-rows.ts'
import { beat, deadAfter, working } from './heartbeat.ts'
import { readSheet } from './sheets.ts'
import { writeRows } from './write-rows.ts'

const { importJob } = tables

type StoredJob = typeof importJob.$inferSelect
type Patch = Partial<typeof importJob.$inferInsert>

const issuesKept = 200
const duplicateRowsKept = 50

/** What became of old imports nobody asks for any more; their files went when they ended. */
const keptFor = 90 * 24 * 3_600_000

/**
 * Imports: checked in the background, written on demand in one transaction. What is under way here is stopped through
 * memory, elsewhere through the database; a process that dies takes its transaction with it.
 */
export function createImports(parts: EmbeddedParts, mostRows: number) {
  const { db } = parts
  const running = new Map<string, Progress>()

  async function own(actor: Actor, id: string): Promise<StoredJob> {
    const [found] = isId(id) ? await db.select().from(importJob).where(and(eq(importJob.id, id), eq(importJob.accountId, actor.id))) : []
    if (!found)
      throw new AppError('not_found')
    const dead = working.includes(found.status) && !running.has(id) && parts.now().getTime() - found.heartbeatAt.getTime() > deadAfter
    return dead ? finish(found, { status: 'failed', error: 'internal' }) : found
  }

  async function finish(job: StoredJob, patch: Patch): Promise<StoredJob> {
    const [changed] = await db
      .update(importJob)
      .set({ ...patch, heartbeatAt: parts.now(), ...(patch.status !== 'checked' && { bytes: null, finishedAt: parts.now() }) })
      .where(and(eq(importJob.id, job.id), inArray(importJob.status, [...working, 'checked'])))
      .returning()
    return changed ?? job
  }

  /** Runs work on a job in the background; it ends with a state of the job, whatever happens. */
  function start(job: StoredJob, work: (progress: Progress) => Promise<Patch>): void {
    const progress: Progress = { stop: new AbortController(), done: 0, rows: job.rows }
    running.set(job.id, progress)
    const end = beat(parts, job.id, progress)
    void work(progress)
      .catch((error: unknown): Patch => (progress.stop.signal.aborted ? { status: 'cancelled' } : { status: 'failed', error: error instanceof AppError ? error.code : 'internal' }))
      .then(patch => finish(job, patch))
      .catch(() => {})
      .finally(() => {
        end()
        running.delete(job.id)
      })
  }

  async function check(actor: Actor, kind: KindDef, bytes: Uint8Array, progress: Progress): Promise<CheckedSheet> {
    const sheet = await readSheet(bytes, mostRows, progress.stop.signal)
    return checkRows(parts, actor, kind, sheet, {
      mostRows,
      signal: progress.stop.signal,
      progress(done, rows) {
        Object.assign(progress, { done, rows })
      },
    })
  }

  function present(job: StoredJob, actor: Actor): ImportJob {
    const live = running.get(job.id)
    const counts = job.counts
    return {
      id: job.id,
      kind: job.kind as ImportJob['kind'],
      fileName: job.fileName,
      status: job.status,
      createdAt: job.createdAt.toISOString(),
      rows: live?.rows ?? job.rows,
      done: live?.done ?? job.done,
      valid: counts.valid ?? 0,
      duplicates: counts.duplicates ?? 0,
      duplicateRows: counts.duplicateRows ?? [],
      issues: job.issues,
      moreIssues: counts.moreIssues ?? 0,
      created: counts.created ?? 0,
      updated: counts.updated ?? 0,
      skipped: counts.skipped ?? 0,
      error: job.error === null ? null : wordError(new AppError(job.error === 'import_unreadable' ? 'import_unreadable' : 'internal'), actor.locale, '').message,
    }
  }

  return {
    async check(actor: Actor, kindName: RecordKind, fileName: string, bytes: Uint8Array): Promise<ImportJob> {
      await mayImport(parts, actor)
      await db.delete(importJob).where(sql`${importJob.createdAt} < ${new Date(parts.now().getTime() - keptFor).toISOString()}::timestamptz`)
      const kind = kinds[kindName]
      const copy = Buffer.from(bytes)
      const [job] = await db.insert(importJob).values({ kind: kindName, accountId: actor.id, fileName, bytes: copy, status: 'checking', createdAt: parts.now(), heartbeatAt: parts.now() }).returning()
      start(job!, async (progress) => {
        const { rows, good, issues } = await check(actor, kind, copy, progress)
        const doubled = good.filter(({ existing }) => existing !== undefined)
        return {
          status: 'checked',
          rows,
          done: rows,
          counts: { valid: good.length, duplicates: doubled.length, duplicateRows: doubled.slice(0, duplicateRowsKept).map(({ row }) => row), moreIssues: Math.max(0, issues.length - issuesKept) },
          issues: issues.slice(0, issuesKept),
        }
      })
      return present(job!, actor)
    },

    get: async (actor: Actor, id: string): Promise<ImportJob> => present(await own(actor, id), actor),

    /** Sends the job as it goes on, until it waits for its owner or has ended. */
    async follow(actor: Actor, id: string, send: (job: ImportJob) => void, signal: AbortSignal): Promise<void> {
      for (let last = ''; !signal.aborted;) {
        const job = present(await own(actor, id), actor)
        const text = JSON.stringify(job)
        if (text !== last)
          send(job)
        last = text
        if (job.status !== 'checking' && job.status !== 'importing')
          return
        await wait(300, undefined, { signal }).catch(() => {})
      }
    },

    async apply(actor: Actor, id: string, { duplicates, onlyValid }: { duplicates: 'skip' | 'update', onlyValid: boolean }): Promise<ImportJob> {
      await mayImport(parts, actor)
      const job = await own(actor, id)
      const issues = job.issues.length + (job.counts.moreIssues ?? 0)
      if (job.status !== 'checked' || (job.counts.valid ?? 0) === 0 || (issues > 0 && !onlyValid))
        throw new AppError('import_not_ready')
      const [claimed] = await db.update(importJob).set({ status: 'importing', done: 0, heartbeatAt: parts.now() }).where(and(eq(importJob.id, id), eq(importJob.status, 'checked'))).returning()
      if (!claimed)
        throw new AppError('import_not_ready')
      const kind = kinds[job.kind]
      start(claimed, async (progress) => {
        // What is there has changed since the check, perhaps.
        const { good, issues } = await check(actor, kind, claimed.bytes!, progress)
        if (issues.length > 0 && !onlyValid)
          return { status: 'failed', issues: issues.slice(0, issuesKept), counts: { ...job.counts, moreIssues: Math.max(0, issues.length - issuesKept) } }
        const reach = await reachOf(parts, actor)
        Object.assign(progress, { done: 0, rows: good.length })
        const written = await db.transaction(async (tx) => {
          const written = await writeRows(parts, tx, actor, kind, reach, good, { duplicates, signal: progress.stop.signal, progress: done => void (progress.done = done) })
          progress.stop.signal.throwIfAborted()
          // Cancelled elsewhere: then nothing of it stays.
          const [still] = await tx.select({ status: importJob.status }).from(importJob).where(eq(importJob.id, id)).for('update')
          if (still?.status !== 'importing')
            throw new Error('cancelled')
          await audit(tx, { actor: actor.name, action: 'crm.import', detail: { accountId: actor.id, kind: job.kind, fileName: job.fileName, ...written } })
          await tx.update(importJob).set({ status: 'done', done: good.length, counts: { ...job.counts, ...written }, bytes: null, finishedAt: parts.now() }).where(eq(importJob.id, id))
          return written
        })
        return { status: 'done', counts: { ...job.counts, ...written } }
      })
      return present(claimed, actor)
    },

    async cancel(actor: Actor, id: string): Promise<ImportJob> {
      const job = await own(actor, id)
      if (job.status === 'done' || job.status === 'failed' || job.status === 'cancelled')
        throw new AppError('import_not_ready')
      const live = running.get(id)
      live?.stop.abort(new Error('cancelled'))
      return present(live ? { ...job, status: 'cancelled' } : await finish(job, { status: 'cancelled' }), actor)
    },
  }
}

async function mayImport(parts: EmbeddedParts, actor: Actor): Promise<void> {
  if (!(await abilitiesOf(parts, actor)).import)
    throw new AppError('forbidden')
}
