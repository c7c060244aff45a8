import type { CountMismatch } from '#contract/sync/index.ts'
import type { AuthScopes } from '../../dingtalk/index.ts'
import type { CrawlOptions } from './crawl.ts'
import type { Snapshot } from './snapshot.ts'
import type { ContactSource } from './source.ts'
import { DingTalkError, explain } from '../../dingtalk/index.ts'
import { crawl } from './crawl.ts'
import { SyncFailure } from './failure.ts'

export interface Reading {
  snapshot: Snapshot
  /** Who changed departments meanwhile. */
  moved: string[]
  /** Everybody in the company, also outside the scope; null where it may not be asked. */
  company: number | null
  /** Set when DingTalk's own number differs, also after reading once more. */
  mismatch: CountMismatch | undefined
  /** The number differs as it was accepted before. */
  countAccepted: boolean
}

export interface ReadOptions extends CrawlOptions {
  /** How many people fewer than DingTalk counts were accepted. */
  accepted?: number | undefined
}

/**
 * A snapshot that fits what DingTalk says of itself: nothing vanished while it was read, and with the whole company in
 * scope it has as many people as DingTalk counts before and after. What does not fit is read once more; a number that
 * still differs is for an administrator to accept.
 * @throws {SyncFailure} scope_empty, no_members, changed_underway, department_unreadable
 */
export async function readCompany(source: ContactSource, scope: AuthScopes, options: ReadOptions): Promise<Reading> {
  if (scope.deptIds.length + scope.userids.length === 0)
    throw new SyncFailure('scope_empty')
  const first = await readOnce(source, scope, options).catch((error: unknown) => {
    if (error instanceof SyncFailure && error.reason === 'changed_underway')
      return undefined
    throw error
  })
  return first && !first.mismatch ? first : readOnce(source, scope, options)
}

async function readOnce(source: ContactSource, scope: AuthScopes, options: ReadOptions): Promise<Reading> {
  const before = await countPeople(source, options.signal)
  if (before !== undefined && scope.deptIds.includes(1))
    options.progress.announced(before)
  const { moved, ...snapshot } = await crawl(source, scope, options)
  const seen = snapshot.members.length
  if (seen === 0)
    throw new SyncFailure('no_members')
  if (before === undefined || !snapshot.wholeCompany)
    return { snapshot, moved, company: before ?? null, mismatch: undefined, countAccepted: false }
  const after = (await countPeople(source, options.signal)) ?? before
  // Somebody may have joined or left meanwhile; then either number is right.
  const fits = (people: number) => people >= Math.min(before, after) && people <= Math.max(before, after)
  const countAccepted = options.accepted !== undefined && !fits(seen) && fits(seen + options.accepted)
  return { snapshot, moved, company: after, mismatch: fits(seen) || countAccepted ? undefined : { announced: after, seen }, countAccepted }
}

async function countPeople(source: ContactSource, signal: AbortSignal): Promise<number | undefined> {
  try {
    return await source.countUsers(false, { signal })
  }
  catch (error) {
    // Without the permission there is nothing to compare with. Anything else, like too many calls, says nothing of the
    // number, and a reading that could not be checked is not a complete one.
    if (error instanceof DingTalkError && explain(error, 'zh-CN').kind === 'permission')
      return undefined
    throw error
  }
}
