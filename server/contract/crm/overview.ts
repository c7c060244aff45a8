import { z } from 'zod'
import { timestamp } from '../common.ts'
import { defineRoutes } from '../route.ts'
import { recordRow } from './records.ts'
import { stage } from './steps.ts'

export const overviewPeriods = ['today', 'week', 'month', 'quarter'] as const
export const overviewScopes = ['mine', 'department'] as const

/** A number now and in the period before; amounts are exact decimals as text. */
const figure = z.object({ value: z.string(), before: z.string().nullable() })

export const overview = z.object({
  period: z.enum(overviewPeriods),
  scope: z.enum(overviewScopes),
  /** The reader leads somebody or has a wider role, so that `department` says more than `mine`. */
  canSeeDepartment: z.boolean(),
  from: timestamp,
  until: timestamp,
  newLeads: figure,
  newCustomers: figure,
  newOpportunities: figure,
  newOpportunityAmount: figure,
  wonCount: figure,
  wonAmount: figure,
  followUps: figure,
  /** Open opportunities by stage, now. */
  funnel: z.array(stage.extend({ count: z.int(), amount: z.string() })),
})
export type Overview = z.infer<typeof overview>

export const today = z.object({
  /** Open plans due until the end of today, overdue first; at most 50. */
  plans: z.array(recordRow),
  planCount: z.int(),
  overdueCount: z.int(),
  /** What the reader looked at or changed last. */
  recent: z.array(recordRow),
  /** Nothing is in the CRM yet. */
  empty: z.boolean(),
})
export type Today = z.infer<typeof today>

export const overviewRoutes = defineRoutes({
  'GET /api/crm/today': {
    summary: 'The workbench: what is due, and recent records',
    access: 'account',
    response: today,
    errors: ['crm_login_required'],
  },
  'GET /api/crm/overview': {
    summary: 'Numbers of a period against the one before, and the funnel',
    access: 'account',
    query: z.object({ period: z.enum(overviewPeriods).default('month'), scope: z.enum(overviewScopes).default('mine') }),
    response: overview,
    errors: ['crm_login_required', 'crm_unsupported'],
  },
})
