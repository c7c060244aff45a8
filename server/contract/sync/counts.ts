import { z } from 'zod'

/** How many of each kind of change a run planned or made. */
export const syncCounts = z.object({
  departmentsCreated: z.int(),
  departmentsUpdated: z.int(),
  departmentsRemoved: z.int(),
  accountsCreated: z.int(),
  accountsUpdated: z.int(),
  accountsDisabled: z.int(),
  accountsReenabled: z.int(),
  /** Only an undo removes accounts. */
  accountsRemoved: z.int().optional(),
  membershipsChanged: z.int(),
  bindingsChanged: z.int(),
  /** Members that need a decision; nothing was done about them. */
  conflicts: z.int(),
  /** Bound people missing from the crawl who are kept: out of scope, waiting out their grace, or not certain. */
  keptOutOfScope: z.int(),
  keptInGrace: z.int(),
  keptUncertain: z.int(),
  /** Records that changed hands, or came back by an undo. */
  recordsHandedOver: z.int().optional(),
  recordsReturned: z.int().optional(),
  /** Changes of a selection or an undo that were left, because they no longer fit. */
  refused: z.int().optional(),
})
export type SyncCounts = z.infer<typeof syncCounts>
