import { z } from 'zod'
import { line, paragraph, timestamp } from '../common.ts'
import { defineRoutes } from '../route.ts'
import { fieldValues } from './forms.ts'
import { mainRecordParams, personRef, recordId, recordRef, requestKey } from './kinds.ts'
import { crmRecord } from './records.ts'

export const stage = z.object({
  value: z.string(),
  label: z.string(),
  /** Chance of winning in per cent. */
  probability: z.int(),
  outcome: z.enum(['open', 'won', 'lost']),
})
export type Stage = z.infer<typeof stage>

export const collaborator = z.object({ person: personRef, access: z.enum(['read', 'write']), since: timestamp })
export type Collaborator = z.infer<typeof collaborator>

export const ownership = z.object({
  owner: personRef,
  from: timestamp,
  /** Null for the present owner. */
  until: timestamp.nullable(),
  /** Who gave it on. */
  by: personRef.nullable(),
})
export type Ownership = z.infer<typeof ownership>

const id = z.object({ id: recordId })

/** Steps in the life of a record. */
export const stepRoutes = defineRoutes({
  'GET /api/crm/opportunities/stages': {
    summary: 'The stages of opportunities in order, and the reasons for losing one',
    access: 'account',
    response: z.object({ stages: z.array(stage), lostReasons: z.array(z.object({ value: z.string(), label: z.string() })) }),
    errors: ['crm_login_required'],
  },
  'POST /api/crm/opportunities/:id/stage': {
    summary: 'Move an opportunity to another stage; winning and losing may carry a reason',
    access: 'account',
    params: id,
    body: z.object({ stage: z.string().max(64), reason: line(60).optional(), remark: paragraph(500).optional(), version: z.int() }),
    response: crmRecord,
    errors: ['not_found', 'stale_edit', 'record_locked', 'crm_unsupported'],
  },
  'POST /api/crm/leads/:id/stage': {
    summary: 'Move a lead to another stage',
    access: 'account',
    params: id,
    body: z.object({ stage: z.string().max(64), version: z.int() }),
    response: crmRecord,
    errors: ['not_found', 'stale_edit', 'record_locked', 'crm_unsupported'],
  },
  'POST /api/crm/leads/:id/convert': {
    summary: 'Turn a lead into a customer (new or existing), a contact and on wish an opportunity, in one step',
    access: 'account',
    params: id,
    body: z.object({
      /** An existing customer; absent makes one from the lead. */
      customerId: recordId.optional(),
      contact: z.boolean().default(true),
      /** Field values of the opportunity; absent makes none. */
      opportunity: fieldValues.optional(),
      requestKey,
    }),
    response: z.object({ customer: recordRef, contact: recordRef.nullable(), opportunity: recordRef.nullable() }),
    errors: ['not_found', 'record_locked', 'duplicate_found', 'crm_unsupported'],
  },
  'POST /api/crm/contacts/:id/enabled': {
    summary: 'Enable or disable a contact, who has left the customer or come back',
    access: 'account',
    params: id,
    body: z.object({ enabled: z.boolean(), reason: line(255).optional() }),
    response: crmRecord,
    errors: ['not_found', 'crm_unsupported'],
  },
  'POST /api/crm/plans/:id/status': {
    summary: 'Complete, cancel or reopen a plan',
    access: 'account',
    params: id,
    body: z.object({ status: z.enum(['open', 'completed', 'cancelled']) }),
    response: crmRecord,
    errors: ['not_found', 'crm_unsupported'],
  },
  'GET /api/crm/:kind/:id/owners': {
    summary: 'Who owned the record when, the present owner first',
    access: 'account',
    params: mainRecordParams,
    response: z.object({ owners: z.array(ownership) }),
    errors: ['not_found', 'crm_unsupported'],
  },
  'GET /api/crm/:kind/:id/collaborators': {
    summary: 'With whom the record is shared',
    access: 'account',
    params: mainRecordParams,
    response: z.object({ collaborators: z.array(collaborator) }),
    errors: ['not_found', 'crm_unsupported'],
  },
  'PUT /api/crm/:kind/:id/collaborators': {
    summary: 'Share the record with exactly these people',
    access: 'account',
    params: mainRecordParams,
    body: z.object({ collaborators: z.array(z.object({ id: recordId, access: z.enum(['read', 'write']) })).max(50) }),
    response: z.object({ collaborators: z.array(collaborator) }),
    errors: ['not_found', 'owner_unknown', 'crm_unsupported'],
  },
})
