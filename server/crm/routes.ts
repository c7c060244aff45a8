import type { RequestContext } from '../http/context.ts'
import type { Actor, CrmGateway, FileAnswer, OptionalGateway } from './gateway.ts'
import type { LoginRoutes } from './login-routes.ts'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { crmRoutes as declared } from '#contract/crm/index.ts'
import { AppError } from '../http/app-error.ts'
import { implement } from '../http/route.ts'
import { regionNames } from './regions/index.ts'

type Ctx = RequestContext<'account'> | RequestContext<'admin'>

const actorOf = ({ caller, locale }: Ctx): Actor => ({ ...caller.account, locale })

/** Joins the CRM's routes with the gateway behind the port; what it lacks answers `crm_unsupported`. */
export function crmRoutes({ crm, login }: { crm: CrmGateway, login: LoginRoutes }) {
  function optional<K extends keyof OptionalGateway>(name: K): OptionalGateway[K] {
    const found = crm[name]
    if (!found)
      throw new AppError('crm_unsupported')
    return found as OptionalGateway[K]
  }

  /** A stale edit is answered with both versions, so that nobody has to ask for the other one first. */
  const patch: CrmGateway['patch'] = (actor, input) => crm.patch(actor, input).catch(async (error: unknown) => {
    if (!(error instanceof AppError) || error.code !== 'stale_edit')
      throw error
    const theirs = await crm.get(actor, { params: input.params })
    throw new AppError('stale_edit', { versions: { yours: input.body.values, theirs } })
  })

  return implement(declared, {
    'GET /api/crm/capabilities': (input, ctx) => crm.capabilities(actorOf(ctx), input),
    'POST /api/crm/sample-data': (input, ctx) => optional('sampleData')(actorOf(ctx), input),
    ...login,
    'GET /api/crm/forms/:kind': (input, ctx) => crm.form(actorOf(ctx), input),
    'GET /api/crm/forms/:kind/options/:field': (input, ctx) => crm.options(actorOf(ctx), input),
    'GET /api/crm/regions': async () => ({ names: Object.fromEntries(regionNames()) }),
    'GET /api/crm/today': (input, ctx) => crm.today(actorOf(ctx), input),
    'GET /api/crm/overview': (input, ctx) => optional('overview')(actorOf(ctx), input),
    'GET /api/crm/search': (input, ctx) => crm.search(actorOf(ctx), input),
    'GET /api/crm/duplicates': (input, ctx) => optional('duplicates')(actorOf(ctx), input, ctx),
    'GET /api/crm/owners': (input, ctx) => crm.owners(actorOf(ctx), input),

    'POST /api/crm/pictures': ({ body }, ctx) => optional('addPicture')(actorOf(ctx), { type: ctx.req.headers['content-type'] ?? '', bytes: body }),
    'PUT /api/crm/pictures/:id/thumb': ({ params, body }, ctx) => optional('addThumb')(actorOf(ctx), params.id, body),
    'GET /api/crm/pictures/:id': async (input, ctx) => sendFile(ctx, await optional('picture')(actorOf(ctx), input)),
    'GET /api/crm/exports/:kind': async (input, ctx) => sendFile(ctx, await optional('exportRecords')(actorOf(ctx), input, ctx)),
    'GET /api/crm/imports/template/:kind': async (input, ctx) => sendFile(ctx, await optional('importTemplate')(actorOf(ctx), input)),
    'POST /api/crm/imports/:kind': (input, ctx) => optional('checkImport')(actorOf(ctx), input),
    'GET /api/crm/imports/jobs/:id': (input, ctx) => optional('importJob')(actorOf(ctx), input),
    'GET /api/crm/imports/jobs/:id/events': ({ params }, ctx, send) => optional('followImport')(actorOf(ctx), params.id, send, ctx.signal),
    'POST /api/crm/imports/jobs/:id/apply': (input, ctx) => optional('applyImport')(actorOf(ctx), input),
    'POST /api/crm/imports/jobs/:id/cancel': (input, ctx) => optional('cancelImport')(actorOf(ctx), input),

    'GET /api/crm/opportunities/stages': (input, ctx) => optional('stages')(actorOf(ctx), input),
    'POST /api/crm/opportunities/:id/stage': (input, ctx) => optional('setOpportunityStage')(actorOf(ctx), input),
    'POST /api/crm/leads/:id/stage': (input, ctx) => optional('setLeadStage')(actorOf(ctx), input),
    'POST /api/crm/leads/:id/convert': (input, ctx) => optional('convertLead')(actorOf(ctx), input),
    'POST /api/crm/contacts/:id/enabled': (input, ctx) => optional('setContactEnabled')(actorOf(ctx), input),
    'POST /api/crm/plans/:id/status': (input, ctx) => optional('setPlanStatus')(actorOf(ctx), input),
    'GET /api/crm/:kind/:id/owners': (input, ctx) => optional('ownerHistory')(actorOf(ctx), input),
    'GET /api/crm/:kind/:id/collaborators': (input, ctx) => optional('collaborators')(actorOf(ctx), input),
    'PUT /api/crm/:kind/:id/collaborators': (input, ctx) => optional('setCollaborators')(actorOf(ctx), input),

    'GET /api/crm/:kind/:id/comments': (input, ctx) => optional('comments')(actorOf(ctx), input),
    'POST /api/crm/:kind/:id/comments': (input, ctx) => optional('addComment')(actorOf(ctx), input),
    'PATCH /api/crm/comments/:id': (input, ctx) => optional('editComment')(actorOf(ctx), input),
    'DELETE /api/crm/comments/:id': (input, ctx) => optional('removeComment')(actorOf(ctx), input),

    'GET /api/crm/:kind': (input, ctx) => crm.list(actorOf(ctx), input),
    'POST /api/crm/:kind': (input, ctx) => crm.create(actorOf(ctx), input),
    'GET /api/crm/:kind/:id': (input, ctx) => crm.get(actorOf(ctx), input),
    'PATCH /api/crm/:kind/:id': (input, ctx) => patch(actorOf(ctx), input),
    'DELETE /api/crm/:kind/:id': (input, ctx) => crm.remove(actorOf(ctx), input),
    'POST /api/crm/:kind/:id/restore': (input, ctx) => optional('restore')(actorOf(ctx), input),
    'POST /api/crm/:kind/batch/transfer': (input, ctx) => optional('transfer')(actorOf(ctx), input),
    'POST /api/crm/:kind/batch/delete': (input, ctx) => optional('removeMany')(actorOf(ctx), input),
  })
}

async function sendFile({ res }: Ctx, { type, name, body }: FileAnswer): Promise<undefined> {
  res.type(type).set('x-content-type-options', 'nosniff')
  if (name)
    res.attachment(name)
  else res.set('cache-control', 'private, max-age=3600')
  await pipeline(body instanceof Uint8Array ? Readable.from([body]) : Readable.from(body), res)
  return undefined
}
