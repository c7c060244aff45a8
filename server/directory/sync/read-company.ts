import type { AuthScopes } from '../../dingtalk/index.ts'
import type { CrawlOptions } from './crawl.ts'
import type { Snapshot } from './snapshot.ts'
import type { ContactSource } from './source.ts'
import { DingTalkError } from '../../dingtalk/index.ts'
import { crawl } from './crawl.ts'
import { SyncFailure } from './failure.ts'

/**
 * A snapshot that fits what DingTalk says of itself: nothing changed while it was read, and with the whole
 * company in scope it has as many people as DingTalk counts. What does not fit is read once more.
 * @throws {SyncFailure} scope_empty, no_members, changed_underway, count_mismatch, department_unreadable
 */
export async function readCompany(source: ContactSource, scope: AuthScopes, options: CrawlOptions): Promise<Snapshot> {
  if (scope.deptIds.length + scope.userids.length === 0)
    throw new SyncFailure('scope_empty')
  try {
    return await readOnce(source, scope, options)
  }
  catch (error) {
    if (error instanceof SyncFailure && (error.reason === 'changed_underway' || error.reason === 'count_mismatch'))
      return readOnce(source, scope, options)
    throw error
  }
}

async function readOnce(source: ContactSource, scope: AuthScopes, options: CrawlOptions): Promise<Snapshot> {
  const snapshot = await crawl(source, scope, options)
  const read = snapshot.members.length
  if (read === 0)
    throw new SyncFailure('no_members')
  const counted = snapshot.wholeCompany ? await countPeople(source, options.signal) : undefined
  if (counted !== undefined && counted !== read)
    throw new SyncFailure('count_mismatch', { read, counted })
  return snapshot
}

async function countPeople(source: ContactSource, signal: AbortSignal): Promise<number | undefined> {
  try {
    return await source.countUsers(false, { signal })
  }
  catch (error) {
    // Refused for good, usually for want of the permission (60011): then there is nothing to compare with.
    if (error instanceof DingTalkError && error.outcome === 'rejected')
      return undefined
    throw error
  }
}
