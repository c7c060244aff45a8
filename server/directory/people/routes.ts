import type { RequestContext } from '../../http/context.ts'
import type { By, PeopleParts } from './parts.ts'
import { accountRoutes as declared } from '#contract/people/accounts.ts'
import { AppError } from '../../http/app-error.ts'
import { fromDingTalk } from '../../http/dingtalk-error.ts'
import { implement } from '../../http/route.ts'
import { bindMember, unbindMember, undoBinding } from './binding.ts'
import { issueCode, revokeCode } from './codes.ts'
import { accountDetail } from './detail.ts'
import { countPeople, listPeople } from './list.ts'
import { mergeAccounts, previewMerge } from './merge.ts'
import { approveRequest, listRequests, refuseRequest } from './requests.ts'
import { setStatus } from './status.ts'

export function peopleRoutes(parts: PeopleParts) {
  const { db, contacts } = parts
  const detail = (id: string) => accountDetail(parts, id)

  /** The member as DingTalk knows them; a mistyped userid must not be bound. */
  async function lookUp(userid: string) {
    const looked = await contacts.getUser(userid, { priority: 'interactive' }).catch(fromDingTalk)
    if (looked.status !== 'found')
      throw new AppError('member_not_found')
    return { userid, unionid: looked.member.unionid ?? '' }
  }

  return implement(declared, {
    'GET /api/accounts': ({ query }) => listPeople(db, query),
    'GET /api/accounts/counts': () => countPeople(db),
    'GET /api/accounts/:id': ({ params }) => detail(params.id),
    'PUT /api/accounts/:id/status': async ({ params, body }, ctx) => {
      await setStatus(parts, params.id, body.status, by(ctx))
      return detail(params.id)
    },
    'POST /api/accounts/:id/bind': async ({ params, body }, { caller }) => {
      const member = await lookUp(body.userid)
      await db.transaction(tx => bindMember(tx, params.id, member, { source: 'admin', actor: caller.account.name }))
      return detail(params.id)
    },
    'POST /api/accounts/:id/unbind': async ({ params }, ctx) => {
      await db.transaction(tx => unbindMember(tx, parts, params.id, by(ctx), 'admin'))
      return detail(params.id)
    },
    'POST /api/accounts/:id/history/:event/undo': async ({ params }, ctx) => {
      await db.transaction(tx => undoBinding(tx, parts, params.id, params.event, by(ctx)))
      return detail(params.id)
    },
    'POST /api/accounts/:id/code': async ({ params }, ctx) => {
      const { code, expiresAt } = await issueCode(db, params.id, by(ctx))
      return { code, expiresAt: expiresAt.toISOString() }
    },
    'DELETE /api/accounts/:id/code': ({ params }) => revokeCode(db, params.id) as Promise<undefined>,
    'GET /api/accounts/:id/merge': ({ params, query }, ctx) => previewMerge(parts, params.id, query.from, by(ctx)),
    'POST /api/accounts/:id/merge': async ({ params, body }, ctx) => {
      await mergeAccounts(parts, params.id, body.from, by(ctx))
      return detail(params.id)
    },
    'GET /api/access-requests': ({ query }) => listRequests(db, query),
    'POST /api/access-requests/:id/approve': ({ params, body }, ctx) => approveRequest(parts, params.id, body.accountId, by(ctx)),
    'POST /api/access-requests/:id/refuse': ({ params }, ctx) => refuseRequest(parts, params.id, by(ctx)),
  })
}

function by({ caller }: RequestContext<'admin'>): By {
  return { name: caller.account.name, accountId: caller.account.id }
}
