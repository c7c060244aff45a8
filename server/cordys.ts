import type { PublishCrmEvents } from './crm/index.ts'
import type { Db } from './db/index.ts'
import type { DingTalk } from './dingtalk/index.ts'
import type { Env } from './env.ts'
import type { Logger } from './http/logger.ts'
import type { PublicUrl } from './http/public-url.ts'
import type { DingTalkStore, Sealer } from './settings/index.ts'
import { createOnceTokens, safeReturnTo } from './auth/index.ts'
import { createCordysCrm } from './crm/index.ts'

interface Given {
  env: Env
  db: Db
  sealer: Sealer
  log: Logger
  proxy: { httpsProxy?: string, noProxy?: string }
  publicUrl: PublicUrl
  dingtalk: DingTalk
  settings: DingTalkStore
  publish: PublishCrmEvents
}

/** The Cordys server of CRM=cordys, joined with DingTalk's login page; undefined where the CRM is the embedded one. */
export function connectCordys({ env, db, sealer, log, proxy, publicUrl, dingtalk, settings, publish }: Given) {
  if (env.CRM !== 'cordys' || !env.CORDYS_URL)
    return undefined
  return createCordysCrm({
    db,
    sealer,
    log,
    url: env.CORDYS_URL,
    proxy,
    publish,
    onceTokens: createOnceTokens({ db }),
    sso: {
      // DingTalk's page comes back from another site, where a strict cookie would not go along.
      mode: env.COOKIE_SAMESITE === 'strict' ? 'off' : env.CORDYS_SSO,
      clientId: async () => (await settings.read()).clientId,
      authorizeUrl: request => dingtalk.oauth.authorizeUrl({ ...request, withCorp: true }),
      publicUrl: publicUrl.of,
      safeReturnTo,
    },
  })
}
