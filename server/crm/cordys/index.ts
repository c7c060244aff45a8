import type { Db } from '../../db/index.ts'
import type { Logger } from '../../http/logger.ts'
import type { Sealer } from '../../settings/seal.ts'
import type { PublishCrmEvents } from '../events.ts'
import type { CrmGateway } from '../gateway.ts'
import type { LoginRoutes } from '../login-routes.ts'
import type { SsoSetup } from './session/routes.ts'
import type { OnceTokens } from './session/sso.ts'
import { audit } from '../../audit/index.ts'
import { createForms } from './forms/cache.ts'
import { cordysGateway } from './gateway.ts'
import { usersOfMembers } from './members.ts'
import { createRequests } from './records/requests.ts'
import { createRemoteLogin } from './session/remote.ts'
import { cordysLoginRoutes } from './session/routes.ts'
import { createSessions } from './session/sessions.ts'
import { createSso } from './session/sso.ts'
import { createSessionStore } from './session/store.ts'
import { createTelling } from './telling.ts'
import { createClient } from './transport/client.ts'
import { createCordysDispatcher } from './transport/dispatcher.ts'
import { createHttp } from './transport/request.ts'

interface Given {
  db: Db
  sealer: Sealer
  log: Logger
  /** Where the Cordys server is; nothing else is ever called. */
  url: string
  proxy: { httpsProxy?: string, noProxy?: string }
  sso: SsoSetup
  onceTokens: OnceTokens
  /** Hears of what Cordys did on somebody's behalf. */
  publish: PublishCrmEvents
  timeoutMs?: number
}

/** A real Cordys CRM server as the CRM: everybody acts with a session of their own. */
export function createCordysCrm({ db, sealer, log, url, proxy, sso: setup, onceTokens, publish, timeoutMs }: Given): {
  crm: CrmGateway
  login: LoginRoutes
  close: () => Promise<void>
} {
  const dispatcher = createCordysDispatcher(proxy)
  const client = createClient({ http: createHttp(dispatcher), baseUrl: url, log, ...(timeoutMs && { timeoutMs }) })
  const remote = createRemoteLogin(client)
  const store = createSessionStore({ db, sealer })
  const sessions = createSessions({ client, remote, store })
  const record = (entry: Parameters<typeof audit>[1]) => audit(db, entry)
  return {
    crm: cordysGateway({
      parts: { sessions, forms: createForms(), requests: createRequests({ db }) },
      log,
      audit: record,
      usersOfMembers: userids => usersOfMembers(db, userids),
      tell: createTelling({ db, publish, log }),
    }),
    login: cordysLoginRoutes({ remote, store, sessions, sso: createSso({ remote, onceTokens, sealer }), setup, audit: record }),
    close: () => dispatcher.close(),
  }
}
