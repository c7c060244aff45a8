import type { Session } from '#contract/session.ts'
import type { People } from '../../directory/people/index.ts'
import type { RequestContext } from '../../http/context.ts'
import type { Cookies } from '../cookies.ts'
import type { Trails } from '../trail/index.ts'
import type { Visitors } from './store.ts'
import { visitorRoutes as declared } from '#contract/people/visitors.ts'
import { AppError } from '../../http/app-error.ts'
import { createQuota } from '../../http/attempts.ts'
import { implement } from '../../http/route.ts'
import { know, step } from '../trail/index.ts'

interface Given {
  people: Pick<People, 'requestAccess' | 'requestOf' | 'redeemCode'>
  visitors: Visitors
  cookies: Cookies
  trails: Trails
  openSession: (ctx: RequestContext, accountId: string) => Promise<Session>
}

/** What members without an account can do at the door: ask to be let in, or show a one-time code. */
export function visitorRoutes({ people, visitors, cookies, trails, openSession }: Given) {
  /** Codes that one address may try in a minute, whoever it is. */
  const tries = createQuota(30)

  async function visiting({ req }: RequestContext) {
    const member = await visitors.find(cookies.visitor(req))
    if (!member)
      throw new AppError('visitor_unknown')
    return member
  }

  return implement(declared, {
    'GET /api/session/visitor': async (_input, { req }) => {
      const member = await visitors.find(cookies.visitor(req))
      return { visitor: member ? { name: member.name, request: await people.requestOf(member) } : null }
    },

    'POST /api/session/access-request': async ({ body }, ctx) => {
      const member = await visiting(ctx)
      await people.requestAccess(member, body.note)
      return { visitor: { name: member.name, request: await people.requestOf(member) } }
    },

    'POST /api/session/bind-code': async ({ body }, ctx) => {
      return trails.follow('code', ctx, async () => {
        const member = await visiting(ctx)
        await tries.check(ctx.ip)
        await tries.take(ctx.ip)
        know({ userid: member.userid, name: member.name })
        const account = await step('code', () => people.redeemCode(body.code, member)).catch(hideOthers)
        know({ accountId: account.id })
        const session = await step('session', () => openSession(ctx, account.id))
        await visitors.end(cookies.visitor(ctx.req))
        cookies.clearVisitor(ctx.req, ctx.res)
        return session
      })
    },
  })
}

/** Whose account it is that has this member is not for visitors to know. */
function hideOthers(error: unknown): never {
  throw error instanceof AppError && error.code === 'member_bound' ? new AppError('account_bound') : error
}
