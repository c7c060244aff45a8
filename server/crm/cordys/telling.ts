import type { Db } from '../../db/index.ts'
import type { Logger } from '../../http/logger.ts'
import type { CrmEvent, PublishCrmEvents } from '../events.ts'
import type { Actor } from '../gateway.ts'
import { randomUUID } from 'node:crypto'
import { accountsOfUsers } from './members.ts'

/** What Cordys has just done on somebody's behalf; people by their ids there. */
export interface Happened {
  type: 'record.assigned' | 'record.transferred' | 'record.deleted' | 'contact.added'
  record: CrmEvent['record']
  owner: string | null
  formerOwner?: string | null
  values?: CrmEvent['values']
  /** It happens to a record once: reported twice, it is one event. */
  once?: boolean
}

export type Tell = (actor: Actor, happened: Happened[]) => Promise<void>

/**
 * Tells of what passes through this server. Cordys has done it already, so telling is no part of it: what cannot be told
 * is logged, and the request goes well. People who never connected here are not known, and told nothing.
 */
export function createTelling({ db, publish, log }: { db: Db, publish: PublishCrmEvents, log: Logger }): Tell {
  return async (actor, happened) => {
    try {
      const people = happened.flatMap(({ owner, formerOwner }) => [owner, formerOwner]).filter(id => typeof id === 'string')
      const accounts = await accountsOfUsers(db, people)
      const events = happened.flatMap((each): CrmEvent[] => {
        const [owner, formerOwner] = [accounts.get(each.owner ?? ''), accounts.get(each.formerOwner ?? '')]
        return owner || formerOwner ? [eventOf(actor, each, { ...(owner && { owner }), ...(formerOwner && { formerOwner }) })] : []
      })
      if (events.length > 0)
        await db.transaction(tx => publish(tx, events))
    }
    catch (error) {
      log.error({ err: error }, 'what Cordys did could not be told')
    }
  }
}

function eventOf({ id, name }: Actor, { type, record, values = {}, once }: Happened, parties: CrmEvent['parties']): CrmEvent {
  return { key: `${type}:${record.id}${once ? '' : `:${randomUUID()}`}`, type, at: new Date(), actor: { id, name }, record, parties, values }
}
