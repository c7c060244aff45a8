import type { ImportJob } from '#contract/crm/files.ts'
import type { crmRoutes } from '#contract/crm/index.ts'
import type { RecordKind } from '#contract/crm/kinds.ts'
import type { RouteOutput, RouteParsed, RouteSpec } from '#contract/route.ts'
import type { Locale } from '../http/locale.ts'

/** In whose name something is read or changed; a gateway applies this person's rights, never more. */
export interface Actor {
  id: string
  name: string
  role: 'admin' | 'member'
  /** Labels and field issues are worded in it. */
  locale: Locale
}

type Routes = typeof crmRoutes
type Parsed<K extends keyof Routes> = Routes[K] extends RouteSpec ? RouteParsed<Routes[K]> : never
type Answer<K extends keyof Routes> = Routes[K] extends RouteSpec ? RouteOutput<Routes[K]> : never

/** A route's work without HTTP: the validated input in, the declared answer out. */
type Op<K extends keyof Routes> = (actor: Actor, input: Parsed<K>) => Promise<Answer<K>>

export type RecordsQuery = Parsed<'GET /api/crm/:kind'>['query']

/** Bytes to send as a file. */
export interface FileAnswer {
  type: string
  /** Suggested name; absent shows it in place. */
  name?: string
  body: Uint8Array | AsyncIterable<Uint8Array>
}

/** What every CRM behind the port can do. */
export interface CoreGateway {
  capabilities: Op<'GET /api/crm/capabilities'>
  form: Op<'GET /api/crm/forms/:kind'>
  options: Op<'GET /api/crm/forms/:kind/options/:field'>
  list: Op<'GET /api/crm/:kind'>
  get: Op<'GET /api/crm/:kind/:id'>
  create: Op<'POST /api/crm/:kind'>
  patch: Op<'PATCH /api/crm/:kind/:id'>
  remove: Op<'DELETE /api/crm/:kind/:id'>
  today: Op<'GET /api/crm/today'>
  search: Op<'GET /api/crm/search'>
  owners: Op<'GET /api/crm/owners'>
}

/** What a CRM may lack: an absent function answers `crm_unsupported`, and `capabilities()` says so. */
export interface OptionalGateway {
  restore: Op<'POST /api/crm/:kind/:id/restore'>
  transfer: Op<'POST /api/crm/:kind/batch/transfer'>
  removeMany: Op<'POST /api/crm/:kind/batch/delete'>
  stages: Op<'GET /api/crm/opportunities/stages'>
  setOpportunityStage: Op<'POST /api/crm/opportunities/:id/stage'>
  setLeadStage: Op<'POST /api/crm/leads/:id/stage'>
  convertLead: Op<'POST /api/crm/leads/:id/convert'>
  setContactEnabled: Op<'POST /api/crm/contacts/:id/enabled'>
  setPlanStatus: Op<'POST /api/crm/plans/:id/status'>
  ownerHistory: Op<'GET /api/crm/:kind/:id/owners'>
  collaborators: Op<'GET /api/crm/:kind/:id/collaborators'>
  setCollaborators: Op<'PUT /api/crm/:kind/:id/collaborators'>
  comments: Op<'GET /api/crm/:kind/:id/comments'>
  addComment: Op<'POST /api/crm/:kind/:id/comments'>
  editComment: Op<'PATCH /api/crm/comments/:id'>
  removeComment: Op<'DELETE /api/crm/comments/:id'>
  duplicates: (actor: Actor, input: Parsed<'GET /api/crm/duplicates'>, from: { ip: string }) => Promise<Answer<'GET /api/crm/duplicates'>>
  overview: Op<'GET /api/crm/overview'>
  sampleData: Op<'POST /api/crm/sample-data'>
  addPicture: (actor: Actor, picture: { type: string, bytes: Uint8Array }) => Promise<Answer<'POST /api/crm/pictures'>>
  addThumb: (actor: Actor, id: string, bytes: Uint8Array) => Promise<undefined>
  picture: (actor: Actor, input: Parsed<'GET /api/crm/pictures/:id'>) => Promise<FileAnswer>
  exportRecords: (actor: Actor, input: Parsed<'GET /api/crm/exports/:kind'>, from: { ip: string }) => Promise<FileAnswer>
  importTemplate: (actor: Actor, input: Parsed<'GET /api/crm/imports/template/:kind'>) => Promise<FileAnswer>
  checkImport: Op<'POST /api/crm/imports/:kind'>
  importJob: Op<'GET /api/crm/imports/jobs/:id'>
  /** Until the check or the writing has ended, or `signal` aborts. */
  followImport: (actor: Actor, id: string, send: (job: ImportJob) => void, signal: AbortSignal) => Promise<void>
  applyImport: Op<'POST /api/crm/imports/jobs/:id/apply'>
  cancelImport: Op<'POST /api/crm/imports/jobs/:id/cancel'>
}

/**
 * The port to a CRM. A record outside the actor's rights does not exist for them: `not_found`, never `forbidden`.
 * All functions may throw AppError with the codes their routes declare.
 */
export interface CrmGateway extends CoreGateway, Partial<OptionalGateway> {}

export type { RecordKind }
