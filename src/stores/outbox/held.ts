/*
 * Drafts are held against other web views of this device by Web Locks. Where there are none (before Chrome 69 and
 * iOS 15.4) nobody is kept out: the request key still makes one record of a draft, from whichever version came first.
 */

/** Milliseconds after which a form does not wait for another web view any longer: a frozen one keeps what it holds. */
const mostWait = 10_000

const locks = (): LockManager | undefined => (globalThis.navigator as Partial<Navigator> | undefined)?.locks
const nameOf = (accountId: string, key: string) => `outbox:${accountId}:${key}`

/** Lets a draft go; settled once it is free. */
export type LetGo = () => Promise<unknown>

/**
 * A form has the draft: no web view sends it by itself meanwhile; a sending under way is waited for.
 * @returns what lets it go, once it is held
 */
export function holdForForm(accountId: string, key: string): Promise<LetGo> {
  return new Promise((held) => {
    const notHeld = () => held(async () => {})
    const manager = locks()
    if (!manager)
      return notHeld()
    const waiting = new AbortController()
    const timer = setTimeout(() => waiting.abort(), mostWait)
    const free = manager.request(nameOf(accountId, key), { mode: 'shared', signal: waiting.signal }, () => new Promise<void>((end) => {
      clearTimeout(timer)
      held(() => {
        end()
        return free
      })
    }))
    free.catch(notHeld)
  })
}

/** Does something with a draft that nobody else has. @returns what it gave; undefined when somebody has the draft */
export async function ifNobodyHolds<T>(accountId: string, key: string, work: () => Promise<T>): Promise<T | undefined> {
  const manager = locks()
  return manager ? manager.request(nameOf(accountId, key), { ifAvailable: true }, async lock => lock ? work() : undefined) : work()
}
