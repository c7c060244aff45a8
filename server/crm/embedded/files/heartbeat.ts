import type { EmbeddedParts } from '../parts.ts'
import { and, eq, inArray } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'

const { importJob } = tables

/** How far an import under way here is, and how it is stopped. */
export interface Progress {
  stop: AbortController
  done: number
  rows: number
}

/** States in which somebody works on an import. */
export const working: Array<typeof importJob.$inferSelect['status']> = ['checking', 'importing']

/** Longer without a sign of life, and its process has died; nothing of it was written. */
export const deadAfter = 5 * 60_000

/** So often what is under way shows other instances that it is, and how far. */
const beatsEvery = 3000

/**
 * Says again and again that an import goes on, beside its transaction, which nobody else sees. Nothing waits for it:
 * the embedded database answers it when the transaction has ended, and then the import is not worked on any more.
 * @returns ends it
 */
export function beat({ db, now }: EmbeddedParts, id: string, progress: Progress): () => void {
  let asking = false
  const timer = setInterval(() => {
    if (asking)
      return
    asking = true
    const { done, rows } = progress
    void db
      .update(importJob)
      .set({ heartbeatAt: now(), done, rows })
      .where(and(eq(importJob.id, id), inArray(importJob.status, working)))
      .then(() => {}, () => {})
      .finally(() => {
        asking = false
      })
  }, beatsEvery)
  timer.unref()
  return () => clearInterval(timer)
}
