import type { UnreadCount } from '#contract/messages/index.ts'
import type { Logger } from '../../http/logger.ts'
import { isDeepStrictEqual } from 'node:util'
import { startTicker } from '../../jobs/ticker.ts'

type Send = (count: UnreadCount) => void

interface Listener {
  accountId: string
  send: Send
  told: UnreadCount | undefined
}

interface Parts {
  count: (accountIds: string[]) => Promise<Map<string, UnreadCount>>
  /** Milliseconds between two looks; one query however many people listen, none when nobody does. */
  everyMs?: number
  log: Logger
}

export interface Live {
  /** Tells the number of unread messages now and whenever it changes, until the signal aborts or the server stops. */
  listen: (accountId: string, send: Send, signal: AbortSignal) => Promise<void>
  /** Something changed here and now: looks at once. What other instances write is seen at the next look. */
  nudge: () => void
  stop: () => Promise<void>
}

/** Live counts over all instances: the embedded database has no NOTIFY that would cross processes, and a poll needs none. */
export function createLive({ count, everyMs = 4000, log }: Parts): Live {
  const listeners = new Set<Listener>()
  const stopping = new AbortController()

  async function look(): Promise<boolean> {
    if (listeners.size === 0)
      return false
    const asked = [...listeners]
    const counts = await count([...new Set(asked.map(({ accountId }) => accountId))])
    for (const listener of asked) {
      const now = counts.get(listener.accountId)
      if (now && listeners.has(listener) && !isDeepStrictEqual(now, listener.told)) {
        listener.told = now
        listener.send(now)
      }
    }
    return false
  }

  const ticker = startTicker({ name: 'counting unread messages', work: look, everyMs, log })

  return {
    async listen(accountId, send, signal) {
      const listener: Listener = { accountId, send, told: undefined }
      listeners.add(listener)
      ticker.wake()
      const over = AbortSignal.any([signal, stopping.signal])
      if (!over.aborted)
        await new Promise<void>(resolve => over.addEventListener('abort', () => resolve(), { once: true }))
      listeners.delete(listener)
    },
    nudge: () => ticker.wake(),
    async stop() {
      stopping.abort()
      await ticker.stop()
    },
  }
}
