import { z } from 'zod'
import { line, page, paging, timestamp } from '../common.ts'
import { defineRoutes } from '../route.ts'
import { fieldValue, fieldValues, filterOperators } from './forms.ts'
import { chip, kindParams, mainKindParams, personRef, recordId, recordKind, recordParams, recordRef, requestKey } from './kinds.ts'

/** What the reader may do with a record. */
export const recordRights = ['edit', 'delete', 'transfer', 'share', 'follow', 'convert', 'stage', 'enable', 'complete', 'restore'] as const
export type RecordRight = (typeof recordRights)[number]

/** `reach` is `all` without what is only shared with the reader: what the overview of a department counts. */
export const recordViews = ['all', 'mine', 'department', 'shared', 'deleted', 'reach'] as const
export type RecordView = (typeof recordViews)[number]

/** Names of the ids in `values`, by field. */
export const fieldRefs = z.record(
  z.string(),
  z.array(z.object({ id: z.string(), name: z.string(), /** For record fields: whether the reader may open it. */ readable: z.boolean().optional() })),
)

/** A record in a list: who, what state, what next. */
export const recordRow = z.object({
  kind: recordKind,
  id: recordId,
  name: z.string(),
  /** Of the listed fields only. */
  values: fieldValues,
  refs: fieldRefs,
  /** Stage of a lead or opportunity, status of a customer, enabled or not of a contact, status of a plan. */
  state: chip.nullable(),
  owner: personRef.nullable(),
  /** The customer of a contact or opportunity; what a follow-up or plan is about. */
  about: z.array(recordRef),
  /** The next open plan. */
  next: z.object({ planId: recordId, content: z.string(), at: timestamp }).nullable(),
  lastFollowUpAt: timestamp.nullable(),
  updatedAt: timestamp,
  rights: z.array(z.enum(recordRights)),
})
export type RecordRow = z.infer<typeof recordRow>

/** A record in full. Fields the reader may not see are absent from `values` and kept on saving. */
export const crmRecord = recordRow.extend({
  /** How to show values of unsupported fields. */
  display: z.record(z.string(), z.string()),
  createdAt: timestamp,
  createdBy: personRef.nullable(),
  /** Counts edits where the CRM can tell (capability `revisions`); a patch names the one it was made from. */
  version: z.int(),
  /** How the reader comes to see it. */
  access: z.enum(['own', 'scope', 'shared_read', 'shared_write']),
  /** Numbers for the tabs; absent ones are not counted. */
  counts: z.object({ contacts: z.int(), opportunities: z.int(), followUps: z.int(), plans: z.int(), collaborators: z.int(), comments: z.int() }).partial(),
  /** What a lead became. */
  converted: z.array(recordRef),
  deletedAt: timestamp.nullable(),
})
export type CrmRecord = z.infer<typeof crmRecord>

export const recordFilter = z.object({
  field: z.string().max(64),
  op: z.enum(filterOperators),
  /** One value, several for `any_of`, two for `between`, none for `empty` and `not_empty`. */
  value: z.union([fieldValue, z.array(fieldValue)]).optional(),
})
export type RecordFilter = z.infer<typeof recordFilter>

/** Filters travel as JSON text in the query. */
const filters = z
  .string()
  .max(4000)
  .transform((text, ctx): unknown => {
    try {
      return JSON.parse(text)
    }
    catch {
      ctx.addIssue({ code: 'custom', message: 'invalid' })
      return z.NEVER
    }
  })
  .pipe(z.array(recordFilter).max(10))

export const recordQuery = paging.extend({
  q: line(100).optional(),
  view: z.enum(recordViews).default('all'),
  filters: filters.optional(),
  /** A sortable field of the form, or `updated`, `created`, `followed`, `next`, `name`; `-` before it means falling. */
  sort: z
    .string()
    .regex(/^-?[\w-]{1,64}$/)
    .optional(),
  /** Only those of this record: contacts and opportunities of a customer, follow-ups and plans of anything. */
  of: recordKind.optional(),
  ofId: recordId.optional(),
  /** Plans: only of this status. */
  status: z.enum(['open', 'overdue', 'completed', 'cancelled']).optional(),
})

/** Several records in one request: what could not be done is named with its reason, the rest is done. */
export const batchResult = z.object({ done: z.array(recordId), failed: z.array(z.object({ id: recordId, name: z.string(), reason: z.string() })) })
export type BatchResult = z.infer<typeof batchResult>

const ids = z.array(recordId).min(1).max(200)

export const recordRoutes = defineRoutes({
  'GET /api/crm/:kind': {
    summary: 'Records of a kind that the reader may see; `total` counts all that fit, or is -1: more than are counted (10,000; 1,000 of a narrowed list), so that "many" is all that is known',
    access: 'account',
    params: kindParams,
    query: recordQuery,
    response: page(recordRow),
    errors: ['crm_login_required', 'keyword_too_short'],
  },
  'POST /api/crm/:kind': {
    summary: 'Create a record; follow-ups and plans say what they are about by their record fields',
    access: 'account',
    params: kindParams,
    body: z.object({
      values: fieldValues,
      requestKey,
      /** Follow-ups: the plan this fulfils, which becomes completed. */
      fromPlanId: recordId.optional(),
      /** Follow-ups: the next plan, made in the same step. */
      next: z.object({ values: fieldValues }).optional(),
      /** Save although a duplicate was shown; refused where the field is unique. */
      ignoreDuplicates: z.boolean().optional(),
    }),
    response: crmRecord,
    status: 201,
    errors: ['crm_login_required', 'duplicate_found', 'rate_limited', 'crm_refused', 'not_found', 'plan_closed'],
  },
  'GET /api/crm/:kind/:id': {
    summary: 'One record',
    access: 'account',
    params: recordParams,
    response: crmRecord,
    errors: ['not_found', 'crm_login_required'],
  },
  'PATCH /api/crm/:kind/:id': {
    summary: 'Change the named fields; the others, also unknown and hidden ones, stay',
    access: 'account',
    params: recordParams,
    body: z.object({ values: fieldValues, version: z.int() }),
    response: crmRecord,
    errors: ['not_found', 'stale_edit', 'crm_login_required', 'crm_refused', 'record_locked'],
  },
  'DELETE /api/crm/:kind/:id': {
    summary: 'Delete a record; where the CRM can, it may be restored',
    access: 'account',
    params: recordParams,
    response: z.undefined(),
    status: 204,
    errors: ['not_found', 'record_in_use', 'crm_login_required', 'crm_refused'],
  },
  'POST /api/crm/:kind/:id/restore': {
    summary: 'Bring a deleted record back',
    access: 'account',
    params: recordParams,
    response: crmRecord,
    errors: ['not_found', 'crm_unsupported', 'duplicate_found'],
  },
  'POST /api/crm/:kind/batch/transfer': {
    summary: 'Give records to another owner, on wish with what belongs to them',
    access: 'account',
    params: mainKindParams,
    body: z.object({ ids, ownerId: recordId, withRelated: z.boolean().default(false) }),
    response: batchResult,
    errors: ['owner_unknown', 'forbidden', 'crm_unsupported', 'crm_login_required'],
  },
  'POST /api/crm/:kind/batch/delete': {
    summary: 'Delete records',
    access: 'account',
    params: mainKindParams,
    body: z.object({ ids }),
    response: batchResult,
    errors: ['forbidden', 'crm_unsupported', 'crm_login_required'],
  },
})
