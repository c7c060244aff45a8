import type { Db } from '../db/index.ts'
import type { Logger } from '../http/logger.ts'
import { createInbox, inboxRoutes } from './inbox/index.ts'
import { noteLocale } from './preferences/locale.ts'

interface Parts {
  db: Db
  log: Logger
}

/** Telling people: in the CRM's inbox. */
export function createMessages({ db, log }: Parts) {
  const inbox = createInbox({ db, log })
  return {
    routes: inboxRoutes({ inbox, noteLocale: (accountId, locale) => noteLocale(db, accountId, locale) }),
    stop: () => inbox.live.stop(),
  }
}
