import type { SQL } from 'drizzle-orm'
import type { Db } from '../../db/index.ts'
import type { Logger } from '../../http/logger.ts'
import type { Ticker } from '../../jobs/ticker.ts'
import type { Notice } from '../publish/notice.ts'
import { startTicker } from '../../jobs/ticker.ts'
import { untoldNotice } from '../publish/other-events.ts'
import { claimNotices, dueNotices, noticesInsert, postponeNotices, removeNotices } from './store.ts'

export { renameInNotices, vacuumNotices } from './store.ts'

interface Parts {
  db: Db
  /** Writes inbox and outbox in this transaction. */
  notify: (tx: Db, notices: readonly Notice[]) => Promise<void>
  /** Something was told just now. */
  onTold: () => void
  log: Logger
}

/** Rows that are told in one transaction, at most 100 notices each. */
const atOnce = 20
/**
 * A transaction commits a moment after it has told, and its request reads once more what it answers with; what takes
 * longer is found by the next look.
 */
const wakeAfterMs = [25, 150]
const everyMs = 1000
/** After so many failures the administrators hear of it. */
const alarming = 5

/**
 * Telling in two steps. The business transaction writes down what happened, once and for all; right after it has
 * committed, receivers, words, inbox and outbox follow in a transaction of their own, at once over all instances and
 * again after a crash. What cannot be told is tried on, and holds up nothing else.
 */
export function createTeller({ db, notify, onTold, log }: Parts) {
  let ticker: Ticker | undefined
  const waking = new Map<number, NodeJS.Timeout>()

  function wakeSoon(): void {
    for (const ms of wakeAfterMs.filter(ms => !waking.has(ms))) {
      waking.set(ms, setTimeout(() => {
        waking.delete(ms)
        ticker?.wake()
      }, ms).unref())
    }
  }

  async function tellNext(which: { atMost: number, only?: number }): Promise<number> {
    return db.transaction(async (tx) => {
      const claimed = await claimNotices(tx, which)
      if (claimed.length > 0) {
        await notify(tx, claimed.flatMap(({ notices }) => notices))
        await removeNotices(tx, claimed.map(({ id }) => id))
      }
      return claimed.length
    })
  }

  /** One of several cannot be told: the others are, and it is put off. */
  async function tellSingly(cause: unknown): Promise<number> {
    const due = await dueNotices(db, atOnce)
    log.debug({ err: cause }, 'notices could not be told together')
    for (const id of due) {
      await tellNext({ atMost: 1, only: id }).catch(async (error: unknown) => {
        const attempts = await postponeNotices(db, id)
        log.error({ err: error, notice: id, attempts }, 'people could not be told of something, trying again')
        if (attempts === alarming)
          await db.transaction(tx => notify(tx, [untoldNotice(id, new Date())]))
      })
    }
    return due.length
  }

  async function round(): Promise<boolean> {
    const told = await tellNext({ atMost: atOnce }).catch(tellSingly)
    if (told > 0)
      onTold()
    return told === atOnce
  }

  /** The same as `tell`, as a statement for one of the business's own to carry. */
  function carried(notices: readonly Notice[]): SQL | undefined {
    const insert = noticesInsert(notices)
    if (insert)
      wakeSoon()
    return insert
  }

  return {
    carried,
    /** Has people told of something once the transaction commits. */
    async tell(tx: Db, notices: readonly Notice[]): Promise<void> {
      const insert = carried(notices)
      if (insert)
        await tx.execute(insert)
    },
    start: () => void (ticker = startTicker({ name: 'telling people', work: round, everyMs, log })),
    async stop(): Promise<void> {
      waking.forEach(timer => clearTimeout(timer))
      await ticker?.stop()
    },
  }
}
