import { z } from 'zod'
import { accountRef, id, idParams, timestamp } from './common.ts'
import { recordKind } from './crm/kinds.ts'
import { defineRoutes } from './route.ts'

/** How many records of each kind; kinds without any are absent. */
export const ownedCounts = z.partialRecord(recordKind, z.int())
export type OwnedCounts = z.infer<typeof ownedCounts>

/** To whom somebody's records go: to the nearest department leader, to a colleague, or to nobody. */
export const successor = z.union([z.literal('keep'), z.literal('leader'), id])
export type Successor = z.infer<typeof successor>

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
    }),
  },
  'POST /api/directory/accounts/:id/handover': {
    summary: 'Hand somebody\'s records over to a colleague, all kinds or the named ones',
    access: 'admin',
    params: idParams,
    body: z.object({ to: id, kinds: z.array(recordKind).min(1).optional() }),
    response: handover,
    errors: ['owner_unknown'],
  },
  'POST /api/directory/handovers/:id/undo': {
    summary: 'Give back what a handover moved; records that have another owner by now stay and are counted',
    access: 'admin',
    params: idParams,
    response: z.object({ returned: ownedCounts, left: ownedCounts }),
    errors: ['handover_undone', 'account_merged'],
  },
})
