import { read, write } from '../../support/storage.ts'

/*
 * The few things the login remembers on this device, across reloads and tabs.
 */

/** The person logged out on purpose: nobody is logged in automatically until they ask. */
export const loggedOut = {
  isSet: (): boolean => read('loggedOut') !== null,
  set: (): void => write('loggedOut', '1'),
  clear: (): void => write('loggedOut', null),
}

/** The account whose drafts and caches this device may hold. */
export const lastAccount = { get: (): string | null => read('lastAccount'), set: (id: string): void => write('lastAccount', id) }

/** Milliseconds: a second automatic trip to DingTalk's login page within them would be a loop. */
const oauthPause = 120_000

/** The browser login starts by itself at most once per tab and two minutes. */
export const oauthGuard = {
  mayStart(now: number): boolean {
    const last = Number(read('oauthAt', 'sessionStorage'))
    return !(last > 0 && now - last < oauthPause && now >= last)
  },
  note: (now: number): void => write('oauthAt', String(now), 'sessionStorage'),
  /** Logged in: the next loss of the session is a new story. */
  clear: (): void => write('oauthAt', null, 'sessionStorage'),
}

/** Where a login that leaves the page shall come back to; the BFF's failure redirect does not know it. */
export const returnAddress = {
  get: (): string | null => read('returnTo', 'sessionStorage'),
  set: (path: string | null): void => write('returnTo', path, 'sessionStorage'),
}
