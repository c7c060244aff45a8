import { z } from 'zod'
import { defineRoutes } from '../route.ts'
import { recordKind } from './kinds.ts'
import { recordViews } from './records.ts'

/** What can be done with a kind, by this CRM and this person. */
const kindCapabilities = z.object({
  kind: recordKind,
  create: z.boolean(),
  /** In lists of this kind. */
  views: z.array(z.enum(recordViews)),
  batchTransfer: z.boolean(),
  batchDelete: z.boolean(),
  import: z.boolean(),
  export: z.boolean(),
  collaborators: z.boolean(),
  ownerHistory: z.boolean(),
  comments: z.boolean(),
})

/** What this CRM can do, for this person; the H5 offers nothing else. A kind that is not listed does not exist here. */
export const capabilities = z.object({
  crm: z.enum(['embedded', 'cordys']),
  /** The person has to sign in to the CRM first (Cordys). */
  loginRequired: z.boolean(),
  kinds: z.array(kindCapabilities),
  convertLeads: z.boolean(),
  stages: z.boolean(),
  duplicateCheck: z.boolean(),
  search: z.boolean(),
  overview: z.boolean(),
  pictures: z.boolean(),
  /** An edit made from an outdated version is refused with both versions shown. */
  revisions: z.boolean(),
  restore: z.boolean(),
  /** Lists count every row; without it a long one answers −1: more than were counted. */
  exactTotals: z.boolean(),
  /** Rows of one imported table; 0 where there are no imports. */
  importRows: z.int(),
  sampleData: z.boolean(),
})
export type Capabilities = z.infer<typeof capabilities>

export const capabilityRoutes = defineRoutes({
  'GET /api/crm/capabilities': { summary: 'What the CRM behind this server can do', access: 'account', response: capabilities },
  'POST /api/crm/sample-data': {
    summary: 'Fill an empty CRM with sample records to look around',
    access: 'admin',
    response: z.object({ records: z.int() }),
    status: 201,
    errors: ['sample_data_not_empty', 'crm_unsupported'],
  },
})
