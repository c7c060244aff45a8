import type { Db } from '../../../../db/index.ts'
import type { PlatformEvent } from '../../../../dingtalk/index.ts'
import { tables } from '../../../../db/index.ts'
import { clean } from '../../member.ts'

export type EventChannel = 'stream' | 'http' | 'failed_list'
type Row = typeof tables.platformEvent.$inferInsert

/** Rows of one statement; far below what a statement's parameters allow. */
const batchSize = 500

/** Longest id and type that are kept; DingTalk's are far shorter. */
const idLength = 200
const typeLength = 100

export interface Intake {
  /** Resolves when the event is safely stored. One that is stored already stays as it is. */
  store: (channel: EventChannel, ...events: PlatformEvent[]) => Promise<void>
  /** When the last event was stored here (milliseconds since 1970); 0 = none yet. */
  lastAt: () => number
}

/** Who follows events of a type that is not about people and departments; resolves when they are safe. */
export type OtherFollowers = Record<string, (events: readonly PlatformEvent[]) => Promise<void>>

/** Stores events, or gives them to whoever else follows their type. Those that come while a statement is under way share the next one: thousands at once cost few. */
export function createIntake(db: Db, onStored: () => void, others: OtherFollowers = {}): Intake {
  let waiting: { rows: Row[], stored: PromiseWithResolvers<void> } | undefined
  let busy = false
  let lastAt = 0

  async function flush(): Promise<void> {
    busy = true
    while (waiting) {
      const { rows, stored } = waiting
      waiting = undefined
      await write(rows).then(stored.resolve, stored.reject)
    }
    busy = false
  }

  async function write(rows: Row[]): Promise<void> {
    for (let from = 0; from < rows.length; from += batchSize) {
      await db
        .insert(tables.platformEvent)
        .values(rows.slice(from, from + batchSize))
        .onConflictDoNothing()
    }
    lastAt = Date.now()
    onStored()
  }

  return {
    lastAt: () => lastAt,
    async store(channel, ...all) {
      const followed = Map.groupBy(all, ({ type }) => (Object.hasOwn(others, type) ? type : undefined))
      await Promise.all([...followed].map(([type, given]) => type !== undefined && others[type]!(given)))
      const events = followed.get(undefined) ?? []
      if (events.length === 0)
        return
      waiting ??= { rows: [], stored: Promise.withResolvers() }
      waiting.rows.push(...events.map(event => toRow(channel, event)))
      const { promise } = waiting.stored
      if (!busy)
        void flush()
      await promise
    },
  }
}

/** Ids only: what changed is asked from DingTalk when it is processed, so nobody's data lies around here. */
function toRow(channel: EventChannel, { id, type, at, corpId, data: { userids = [], deptIds = [] } }: PlatformEvent): Row {
  return {
    id: (clean(id) ?? id).slice(0, idLength),
    type: (clean(type) ?? '?').slice(0, typeLength),
    channel,
    at: new Date(at),
    data: {
      corpId: clean(corpId) ?? '',
      // A userid with control characters is nobody's, and Postgres could not store it.
      userids: userids.filter(userid => clean(userid) === userid),
      deptIds,
    },
  }
}
