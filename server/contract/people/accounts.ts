import { z } from 'zod'
import { accountRef, id, idParams, line, nothing, page, paging, timestamp } from '../common.ts'
import { account } from '../directory.ts'
import { defineRoutes } from '../route.ts'
import { assignableRole } from './rights.ts'

/** What accounts are filtered by; each is also counted. */
export const accountStates = ['bound', 'unbound', 'conflict', 'disabled', 'out_of_scope', 'leaver'] as const
export const accountState = z.enum(accountStates)
export type AccountState = z.infer<typeof accountState>

export const accountRow = account.extend({
  /** Why it is disabled: a sync saw the person leave, or an administrator did it. */
  disabledBy: z.enum(['sync', 'admin']).nullable(),
  roles: z.array(assignableRole),
  /** A member waits for a decision that concerns this account. */
  conflict: z.boolean(),
  /** The account that took over what this one had. */
  mergedInto: accountRef.nullable(),
})
export type AccountRow = z.infer<typeof accountRow>

export const bindingHistory = z.object({
  id,
  at: timestamp,
  action: z.enum(['bound', 'unbound', 'changed', 'disabled', 'reenabled']),
  userid: z.string().nullable(),
  /** sync: what a sync did, see the run. */
  source: z.enum(['admin', 'code', 'request', 'merge', 'undo', 'sync', 'login', 'followed', 'company']),
  actor: z.string(),
  /** The run that did it. */
  runId: id.nullable(),
  /** It can be taken back as things stand. */
  undoable: z.boolean(),
  undone: z.boolean(),
})
export type BindingHistory = z.infer<typeof bindingHistory>

export const accountDetail = accountRow.extend({
  createdAt: timestamp,
  /** How the binding came to be, and when DingTalk showed the member last. */
  bound: z.object({ source: z.enum(['sync', 'login', 'admin', 'code']), since: timestamp, seenAt: timestamp }).nullable(),
  /** A one-time code that has been handed out and still works. */
  code: z.object({ expiresAt: timestamp, createdBy: z.string() }).nullable(),
  /** Records they own, by kind. */
  records: z.array(z.object({ kind: z.string(), count: z.int() })),
  /** The records are kept by a CRM of its own, which is not asked how many there are. */
  elsewhere: z.boolean(),
  history: z.array(bindingHistory),
  mergedFrom: z.array(accountRef),
})
export type AccountDetail = z.infer<typeof accountDetail>

/** What a merge would do; nothing has happened yet. */
export const mergePreview = z.object({
  keep: accountRow,
  drop: accountRow,
  records: z.array(z.object({ kind: z.string(), count: z.int() })),
  /** Whose DingTalk member logs in afterwards. */
  binding: z.enum(['keep', 'moves', 'none']),
  /** Fields that are empty in the one and filled in the other. */
  fills: z.array(z.string()),
  /** It becomes an administrator's, because the other one is. */
  becomesAdministrator: z.boolean(),
  /** The records are kept by a CRM of its own: none of them moves. */
  elsewhere: z.boolean(),
})
export type MergePreview = z.infer<typeof mergePreview>

export const accessRequest = z.object({
  id,
  userid: z.string(),
  name: z.string(),
  note: z.string(),
  status: z.enum(['open', 'approved', 'refused']),
  createdAt: timestamp,
  decidedBy: z.string().nullable(),
  decidedAt: timestamp.nullable(),
  account: accountRef.nullable(),
  /** Unbound accounts that might be theirs: the same name. */
  candidates: z.array(accountRow),
})
export type AccessRequest = z.infer<typeof accessRequest>

/** Somebody DingTalk has just vouched for, whom nothing let in. */
export const visitor = z.object({ name: z.string(), request: z.enum(['none', 'open', 'approved', 'refused']) })
export type Visitor = z.infer<typeof visitor>

const userid = line(64).refine(value => value.length > 0, { error: 'required' })

export const accountRoutes = defineRoutes({
  'GET /api/accounts': {
    summary: 'Accounts by state, department and keyword',
    access: 'admin',
    query: paging.extend({ q: line(100).optional(), state: accountState.optional(), departmentId: id.optional() }),
    response: page(accountRow),
  },
  'GET /api/accounts/counts': {
    summary: 'How many accounts there are in each state, and how many requests are open',
    access: 'admin',
    response: z.object({ all: z.int(), states: z.record(accountState, z.int()), requests: z.int() }),
  },
  'GET /api/accounts/:id': { summary: 'One account with its history', access: 'admin', params: idParams, response: accountDetail },
  'PUT /api/accounts/:id/status': {
    summary: 'Let somebody in again, or shut them out; their records stay',
    access: 'admin',
    params: idParams,
    body: z.object({ status: z.enum(['active', 'disabled']) }),
    response: accountDetail,
    errors: ['last_administrator', 'own_account', 'account_merged'],
  },
  'POST /api/accounts/:id/bind': {
    summary: 'Bind a DingTalk member, who is looked up there first',
    access: 'admin',
    params: idParams,
    body: z.object({ userid }),
    response: accountDetail,
    errors: ['account_bound', 'member_bound', 'member_not_found', 'account_merged', 'not_configured', 'dingtalk_rejected', 'dingtalk_unreachable', 'dingtalk_throttled'],
  },
  'POST /api/accounts/:id/unbind': {
    summary: 'End the binding and the person\'s sessions',
    access: 'admin',
    params: idParams,
    response: accountDetail,
    errors: ['account_unbound', 'last_administrator', 'own_account'],
  },
  'POST /api/accounts/:id/history/:event/undo': {
    summary: 'Take back a binding or unbinding that an administrator made',
    access: 'admin',
    params: idParams.extend({ event: id }),
    response: accountDetail,
    errors: ['binding_not_undoable', 'last_administrator', 'own_account'],
  },
  'POST /api/accounts/:id/code': {
    summary: 'A one-time code with which a member binds themselves to this account; shown this once',
    access: 'admin',
    params: idParams,
    response: z.object({ code: z.string(), expiresAt: timestamp }),
    status: 201,
    errors: ['account_bound', 'account_disabled', 'account_merged'],
  },
  'DELETE /api/accounts/:id/code': { summary: 'Make a handed out code worthless', access: 'admin', params: idParams, response: nothing, status: 204 },
  'GET /api/accounts/:id/merge': {
    summary: 'What merging another account into this one would do',
    access: 'admin',
    params: idParams,
    query: z.object({ from: id }),
    response: mergePreview,
    errors: ['accounts_not_mergeable', 'own_account'],
  },
  'POST /api/accounts/:id/merge': {
    summary: 'Merge another account of the same person into this one; the other stays, disabled and empty',
    access: 'admin',
    params: idParams,
    body: z.object({ from: id }),
    response: accountDetail,
    errors: ['accounts_not_mergeable', 'own_account'],
  },
  'GET /api/access-requests': {
    summary: 'Members without an account who asked to be let in',
    access: 'admin',
    query: paging.extend({ status: z.enum(['open', 'decided']).default('open') }),
    response: page(accessRequest),
  },
  'POST /api/access-requests/:id/approve': {
    summary: 'Let the member in: with a new account, or bound to an existing one',
    access: 'admin',
    params: idParams,
    body: z.object({ accountId: id.nullable() }),
    response: accessRequest,
    errors: ['access_request_decided', 'account_bound', 'member_bound', 'account_disabled', 'account_merged'],
  },
  'POST /api/access-requests/:id/refuse': {
    summary: 'Refuse the member; they are told so',
    access: 'admin',
    params: idParams,
    response: accessRequest,
    errors: ['access_request_decided'],
  },
})
