import type { RequestContext } from '../../http/context.ts'
import type { Inbox } from './index.ts'
import { inboxRoutes as declared } from '#contract/messages/inbox.ts'
import { AppError } from '../../http/app-error.ts'
import { implement } from '../../http/route.ts'
import { pathOf, readLink } from '../links/target.ts'

export function inboxRoutes({ inbox, noteLocale }: { inbox: Inbox, noteLocale: (accountId: string, locale: RequestContext['locale']) => Promise<void> }) {
  return implement(declared, {
    'GET /api/crm/messages': ({ query }, { caller, locale }) => inbox.list(caller.account.id, query, locale),
    'GET /api/crm/messages/unread': async (_, { caller, locale }) => {
      // Asked once by every visit: the language somebody reads in is the one they want to be written to.
      await noteLocale(caller.account.id, locale)
      return inbox.unread(caller.account.id)
    },
    'GET /api/crm/messages/live': (_, { caller, signal }, send) => inbox.live.listen(caller.account.id, send, signal),
    'POST /api/crm/messages/read': async ({ body }, { caller }) => {
      await inbox.markRead(caller.account.id, body)
      return inbox.unread(caller.account.id)
    },
    'POST /api/crm/messages/open': async ({ body }, { caller }) => {
      const target = readLink(body.link)
      if (!target)
        throw new AppError('not_found')
      // The list shows what is new: whoever opens it has read none of it yet.
      if (target.kind !== 'page' || target.page !== 'messages')
        await inbox.markRead(caller.account.id, { link: body.link })
      return { path: pathOf(target) }
    },
    'PUT /api/crm/messages/language': async ({ body }, { caller }) => {
      await noteLocale(caller.account.id, body.locale)
    },
  })
}
