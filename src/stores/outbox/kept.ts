import type { Draft } from './types.ts'
import { read, write } from '../../support/storage.ts'
import { outboxKey } from './anything-kept.ts'

/** What drafts have had only since forms of all kinds are kept. */
const younger = { edit: null, ignoreDuplicates: false, said: null }

/** False once the web view did not keep what was written (private mode, quota): then memory alone knows. */
let keeps = true

/** The drafts this device keeps for an account. */
export function keptDrafts(accountId: string): Draft[] {
  try {
    const found: unknown = JSON.parse(read(outboxKey(accountId)) ?? '[]')
    // Written by ourselves, perhaps by an older version, which knew less of it.
    return Array.isArray(found) ? found.filter((one): one is Draft => typeof one === 'object' && one !== null && 'key' in one && 'values' in one && 'state' in one).map(one => ({ ...younger, ...one })) : []
  }
  catch {
    return []
  }
}

/** What is kept now: another web view of this device may have written since `known` was read. */
export function draftsNow(accountId: string, known: readonly Draft[]): readonly Draft[] {
  return keeps ? keptDrafts(accountId) : known
}

/** Changes one draft among those that are kept now; null takes it away. @returns all of them */
export function changeKept(accountId: string, known: readonly Draft[], key: string, to: (draft: Draft | undefined) => Draft | null): readonly Draft[] {
  const now = draftsNow(accountId, known)
  const former = now.find(draft => draft.key === key)
  const changed = to(former)
  const next = former ? now.flatMap(draft => draft !== former ? [draft] : changed ?? []) : [...now, ...(changed ? [changed] : [])]
  const text = next.length > 0 ? JSON.stringify(next) : null
  write(outboxKey(accountId), text)
  keeps = read(outboxKey(accountId)) === text
  return next
}

/** Tells when another web view of this device wrote an account's drafts. */
export function onKeptElsewhere(accountId: () => string | undefined, then: () => void): void {
  window.addEventListener('storage', ({ key }) => {
    const id = accountId()
    if (id && (key === null || key.endsWith(outboxKey(id))))
      then()
  })
}
