/*
 * Everything we keep in the browser goes through here: names are prefixed, what belongs to one
 * account is kept under its id, and a web view that refuses storage (private mode, quota) only
 * loses the convenience.
 */

const prefix = 'crm:'
const accountPrefix = `${prefix}account:`

type Area = 'localStorage' | 'sessionStorage'

function area(name: Area): Storage | undefined {
  try {
    return globalThis[name]
  }
  catch {
    return undefined
  }
}

/** A value of this device, or null. */
export function read(key: string, from: Area = 'localStorage'): string | null {
  try {
    return area(from)?.getItem(prefix + key) ?? null
  }
  catch {
    return null
  }
}

/** Keeps a value on this device; null removes it. */
export function write(key: string, value: string | null, to: Area = 'localStorage'): void {
  try {
    if (value === null)
      area(to)?.removeItem(prefix + key)
    else area(to)?.setItem(prefix + key, value)
  }
  catch {
    // refused by the web view: see above
  }
}

/** The key (for read and write) of something that belongs to one account, a draft for example. */
export function accountKey(accountId: string, key: string): string {
  return `account:${accountId}:${key}`
}

/** Removes what other accounts left in local and session storage; all of it without an account to keep. */
export function wipeAccounts(keep?: string): void {
  for (const name of ['localStorage', 'sessionStorage'] as const) {
    const store = area(name)
    if (!store)
      continue
    const keys = Array.from({ length: store.length }, (_, index) => store.key(index) ?? '')
    keys
      .filter(key => key.startsWith(accountPrefix) && !(keep && key.startsWith(`${accountPrefix}${keep}:`)))
      .forEach((key) => {
        store.removeItem(key)
        const owner = /^([^:]+):blobs$/.exec(key.slice(accountPrefix.length))?.[1]
        if (owner)
          dropPictures(owner)
      })
  }
}

/** The pictures of an account's drafts (support/blobs.ts); best effort, as everything in the browser. */
function dropPictures(accountId: string): void {
  try {
    indexedDB.deleteDatabase(`${prefix}${accountId}`)
  }
  catch {
    // no IndexedDB: then there is nothing in it
  }
}
