import { z } from 'zod'
import { accountRef, id, idParams, line, page, paging, timestamp } from './common.ts'
import { recordId, recordKind } from './crm/kinds.ts'
import { defineRoutes } from './route.ts'

/** How many records of each kind; kinds without any are absent. */
export const ownedCounts = z.partialRecord(recordKind, z.int())
export type OwnedCounts = z.infer<typeof ownedCounts>

/** At most so many people share what somebody owned. */
const most = 20

/** To whom somebody's records go: to the nearest department leader, to a colleague, evenly to several, or to nobody. */
export const successor = z.union([z.literal('keep'), z.literal('leader'), id, z.array(id).min(1).max(most)])
export type Successor = z.infer<typeof successor>

/** To whom somebody's records go: all to one, or divided by numbers and by hand. */
export const handoverOrder = z.object({
  /** Who takes over; shares are given in this order. */
  to: z.array(id).min(1).max(most).refine(ids => new Set(ids).size === ids.length, { error: 'duplicate' }),
  /** Absent = every kind. */
  kinds: z.array(recordKind).min(1).optional(),
  /** How many of a kind each gets, in the order of `to`; what is beyond them stays. A kind without numbers is split evenly. */
  numbers: z.partialRecord(recordKind, z.array(z.int().min(0).max(1_000_000)).max(most)).default({}),
  /** Records whose receiver was named one by one; null = this one stays. */
  chosen: z.array(z.object({ kind: recordKind, id: recordId, to: id.nullable() })).max(5000).default([]),
  /** What belongs to a record that is handed over goes where that goes. */
  together: z.boolean().default(true),
})
export type HandoverOrder = z.infer<typeof handoverOrder>

/** One record and who gets it. */
export const dividedRecord = z.object({
  kind: recordKind,
  id: recordId,
  name: z.string(),
  /** Null = it stays. */
  to: id.nullable(),
  /** chosen: named by hand; together: goes with what it belongs to; share: by number. */
  how: z.enum(['chosen', 'together', 'share']),
  /** The record it goes with. */
  with: z.string().nullable(),
})
export type DividedRecord = z.infer<typeof dividedRecord>

/** One handover that was made; it can be taken back, except for records that have a third owner by now. */
export const handover = z.object({
  id,
  to: accountRef,
  records: ownedCounts,
  by: z.string(),
  at: timestamp,
  takenBackAt: timestamp.nullable(),
  /** Not while it is taken back already, nor when whose records they were has been merged into another account. */
  undoable: z.boolean(),
})
export type Handover = z.infer<typeof handover>

export const handoverRoutes = defineRoutes({
  'GET /api/directory/accounts/:id/handover': {
    summary: 'What somebody owns, who could take it over, and what was handed over before',
    access: 'admin',
    params: idParams,
    response: z.object({
      account: accountRef,
      records: ownedCounts,
      /** Leader of the nearest department that has another one who is active. */
      leader: accountRef.nullable(),
      latest: z.array(handover),
      /** The records live in a CRM of its own; nothing is known of them here, and nothing handed over. */
      elsewhere: z.boolean(),
    }),
  },
  'POST /api/directory/accounts/:id/handover/preview': {
    summary: 'Who would get which record',
    access: 'admin',
    params: idParams,
    body: handoverOrder.extend({ ...paging.shape, kind: recordKind.optional(), q: line(100).optional(), whom: z.union([id, z.literal('stays')]).optional() }),
    response: page(dividedRecord).extend({
      /** How many each gets, in the order of `to`. */
      shares: z.array(ownedCounts),
      stays: ownedCounts,
      /** Names exactly these records; with it nothing else is handed over. */
      seen: z.string(),
    }),
  },
  'POST /api/directory/accounts/:id/handover': {
    summary: 'Hand somebody\'s records over to colleagues; one handover for each who gets any',
    access: 'admin',
    params: idParams,
    body: handoverOrder.extend({ seen: z.string().max(100).optional() }),
    response: z.object({ made: z.array(handover) }),
    errors: ['owner_unknown', 'handover_outdated'],
  },
  'POST /api/directory/handovers/:id/undo': {
    summary: 'Give back what a handover moved; records that have another owner by now stay and are counted',
    access: 'admin',
    params: idParams,
    response: z.object({ returned: ownedCounts, left: ownedCounts }),
    errors: ['handover_undone', 'account_merged'],
  },
})
