import { z } from 'zod'
import { accountRef, id, idParams, line, page, paging, paragraph, timestamp } from '../common.ts'
import { defineRoutes } from '../route.ts'

export const customerStatuses = ['potential', 'following', 'won', 'lost'] as const
export const customerLevels = ['A', 'B', 'C'] as const
export const customerSources = ['visit', 'referral', 'website', 'exhibition', 'phone', 'other'] as const

/** What people fill in; empty texts are stored as empty, never as null. */
export const customerFields = z.object({
  name: line(200).refine(value => value.length > 0, { error: 'required' }),
  status: z.enum(customerStatuses),
  level: z.enum(customerLevels),
  source: z.enum(customerSources),
  industry: line(60),
  phone: line(40),
  region: line(60),
  address: line(200),
  /** The next thing to do, and when (a moment in UTC); null when nothing is planned. */
  nextStep: line(200),
  nextStepAt: timestamp.nullable(),
  remark: paragraph(3000),
})

export const customer = customerFields.extend({
  id,
  owner: accountRef,
  createdAt: timestamp,
  updatedAt: timestamp,
  createdBy: z.string(),
  /** Counts edits; a patch names the version it was made from. */
  version: z.int(),
  /** The reader may edit it. */
  editable: z.boolean(),
})
export type Customer = z.infer<typeof customer>

export const customerRow = customer.pick({
  id: true,
  name: true,
  status: true,
  level: true,
  industry: true,
  region: true,
  phone: true,
  nextStep: true,
  nextStepAt: true,
  owner: true,
  updatedAt: true,
})
export type CustomerRow = z.infer<typeof customerRow>

/** A number now and in the period before, for the change shown beneath it. */
const figure = z.object({ value: z.int(), before: z.int().nullable() })

export const overview = z.object({
  customers: figure,
  newThisMonth: figure,
  wonThisMonth: figure,
  /** Next steps due by the end of today, overdue ones included. */
  due: figure,
  dueNext: z.array(customerRow),
  recent: z.array(customerRow),
})
export type Overview = z.infer<typeof overview>

/** What this CRM can do; the H5 offers nothing else. */
export const capabilities = z.object({
  customers: z.object({ create: z.boolean(), edit: z.boolean(), assignOwner: z.boolean() }),
  /** An edit made from an outdated version is refused with both versions shown. */
  revisions: z.boolean(),
  exactTotals: z.boolean(),
  sampleData: z.boolean(),
})
export type Capabilities = z.infer<typeof capabilities>

const draft = customerFields.partial().extend({ name: customerFields.shape.name, ownerId: id.optional() })

export const legacyCrmRoutes = defineRoutes({
  'GET /api/crm/legacy/capabilities': { summary: 'What the CRM behind this server can do', access: 'account', response: capabilities },
  'GET /api/crm/legacy/overview': { summary: 'The workbench: numbers, what is due, and recent customers', access: 'account', response: overview },
  'GET /api/crm/legacy/customers': {
    summary: 'Customers the reader may see, by keyword, view and status',
    access: 'account',
    query: paging.extend({
      q: line(100).optional(),
      view: z.enum(['all', 'mine']).default('all'),
      status: z.enum(customerStatuses).optional(),
      sort: z.enum(['recent', 'name', 'next']).default('recent'),
    }),
    response: page(customerRow),
  },
  'GET /api/crm/legacy/customers/:id': { summary: 'One customer', access: 'account', params: idParams, response: customer },
  'POST /api/crm/legacy/customers': {
    summary: 'Create a customer; its owner is the creator unless another is named',
    access: 'account',
    body: draft,
    response: customer,
    status: 201,
    errors: ['owner_unknown'],
  },
  'PATCH /api/crm/legacy/customers/:id': {
    summary: 'Change the named fields of a customer',
    access: 'account',
    params: idParams,
    body: draft.partial().extend({ version: z.int() }),
    response: customer,
    errors: ['stale_edit', 'owner_unknown'],
  },
  'GET /api/crm/legacy/owners': {
    summary: 'Accounts the reader may name as owner',
    access: 'account',
    query: z.object({ q: line(100).optional() }),
    response: z.object({ owners: z.array(accountRef) }),
  },
  'POST /api/crm/legacy/sample-data': {
    summary: 'Fill an empty CRM with sample customers to look around',
    access: 'admin',
    response: z.object({ customers: z.int() }),
    status: 201,
    errors: ['sample_data_not_empty'],
  },
})
