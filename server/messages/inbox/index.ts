import type { inboxRoutes as declared } from '#contract/messages/inbox.ts'
import type { RouteParsed } from '#contract/route.ts'
import type { Db } from '../../db/index.ts'
import type { Locale } from '../../http/locale.ts'
import type { Logger } from '../../http/logger.ts'
import type { Which } from './mark.ts'
import { createLive } from './live.ts'
import { markRead } from './mark.ts'
import { countUnread, listMessages } from './read.ts'

export { forgetOld } from './mark.ts'
export { inboxRoutes } from './routes.ts'
export { type InboxDraft, writeInbox } from './write.ts'

type Query = RouteParsed<(typeof declared)['GET /api/crm/messages']>['query']

/** Everybody's messages inside the CRM. */
export function createInbox({ db, log, lookEveryMs }: { db: Db, log: Logger, lookEveryMs?: number | undefined }) {
  const live = createLive({ count: ids => countUnread(db, ids), log, ...(lookEveryMs && { everyMs: lookEveryMs }) })
  return {
    live,
    list: (accountId: string, query: Query, locale: Locale) => listMessages(db, accountId, query, locale),
    unread: async (accountId: string) => (await countUnread(db, [accountId])).get(accountId)!,
    async markRead(accountId: string, which: Which) {
      await markRead(db, accountId, which)
      live.nudge()
    },
  }
}

export type Inbox = ReturnType<typeof createInbox>
