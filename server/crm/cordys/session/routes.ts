import type { Request } from 'express'
import type { CrmLogin } from '#contract/crm/login.ts'
import type { AuditAction } from '#contract/people/audit-actions.ts'
import type { RequestContext } from '../../../http/context.ts'
import type { LoginRoutes } from '../../login-routes.ts'
import type { Opened, RemoteLogin } from './remote.ts'
import type { Sessions } from './sessions.ts'
import type { Sso } from './sso.ts'
import type { SessionStore } from './store.ts'
import { AppError, invalid } from '../../../http/app-error.ts'
import { explainLogin } from '../explain.ts'
import { createPasswordLimits } from './limits.ts'
import { oneAtATime } from './one-at-a-time.ts'
import { longestSecret } from './rsa.ts'

/** What a login needs from outside the CRM. */
export interface SsoSetup {
  /** `auto`: offered once a connected person's session has shown that Cordys admits people by this DingTalk app. */
  mode: 'auto' | 'on' | 'off'
  clientId: () => Promise<string | null>
  /** DingTalk's login page, asking for the company as Cordys's own pages do. */
  authorizeUrl: (request: { redirectUri: string, state: string }) => Promise<string>
  publicUrl: (req: Request) => string
  safeReturnTo: (given: string | undefined) => string
}

interface Parts {
  remote: RemoteLogin
  store: SessionStore
  sessions: Sessions
  sso: Sso
  setup: SsoSetup
  audit: (entry: { actor: string, action: AuditAction, detail: object, ip: string }) => Promise<void>
}

type Ctx = RequestContext<'account'>

/** Connecting a person to Cordys: once by password, which is passed on encrypted and forgotten, or by DingTalk's login. */
export function cordysLoginRoutes({ remote, store, sessions, sso, setup, audit }: Parts): LoginRoutes {
  const limited = createPasswordLimits()
  const inTurn = oneAtATime()

  async function standing(accountId: string): Promise<CrmLogin> {
    const { state, user } = await sessions.state(accountId)
    return { state, user: user && { id: user.id, name: user.name }, sso: setup.mode === 'on' || (setup.mode === 'auto' && await store.admitsDingTalk()) }
  }

  async function keep({ caller, ip, log }: Ctx, opened: Opened, way: 'password' | 'dingtalk'): Promise<void> {
    const { account } = caller
    const admits = await remote.admitsDingTalk(opened.credentials, await setup.clientId()).catch(() => null)
    const earlier = await store.find(account.id)
    await store.put(account.id, opened, admits)
    if (earlier?.credentials && earlier.credentials.sessionId !== opened.credentials.sessionId)
      await remote.logout(earlier.credentials).catch((error: unknown) => log.info({ err: error }, 'the earlier Cordys session could not be ended'))
    await audit({ actor: account.name, action: 'crm.connected', detail: { account: account.id, cordysUser: opened.user.id, way }, ip })
    log.info({ account: account.id, cordysUser: opened.user.id, way }, 'connected to Cordys')
  }

  /** A browser that navigates is sent on, never answered with JSON. */
  const go = ({ res }: Ctx, url: string) => void res.set('cache-control', 'no-store').redirect(302, url)

  function explainTo(ctx: Ctx, error: unknown, returnTo: string): void {
    const code = error instanceof AppError ? error.code : 'internal'
    ctx.log[code === 'internal' ? 'error' : 'info']({ err: error, code }, 'connecting to Cordys by DingTalk failed')
    go(ctx, `${setup.publicUrl(ctx.req)}/crm-login?${new URLSearchParams({ problem: code, returnTo })}`)
  }

  return {
    'GET /api/crm/login': (_input, { caller }) => standing(caller.account.id),

    'POST /api/crm/login': async ({ body }, ctx) => {
      const { account } = ctx.caller
      for (const [path, text] of Object.entries(body)) {
        if (Buffer.byteLength(text) > longestSecret)
          throw invalid([{ path, message: 'invalid' }])
      }
      await inTurn(account.id, () =>
        limited({ accountId: account.id, username: body.username }, async () => {
          const opened = await remote.byPassword(body, ctx.locale).catch(explainLogin)
          await keep(ctx, opened, 'password')
        }))
      return standing(account.id)
    },

    'GET /api/crm/login/sso/start': async ({ query }, ctx) => {
      const returnTo = setup.safeReturnTo(query.returnTo)
      try {
        if (setup.mode === 'off')
          throw new AppError('crm_unsupported')
        const state = await sso.begin(ctx.caller.account.id, returnTo).catch(explainLogin)
        go(ctx, await setup.authorizeUrl({ redirectUri: `${setup.publicUrl(ctx.req)}/api/crm/login/sso/callback`, state }))
      }
      catch (error) {
        explainTo(ctx, error, returnTo)
      }
      return undefined
    },

    'GET /api/crm/login/sso/callback': async ({ query }, ctx) => {
      const { account } = ctx.caller
      let returnTo = '/'
      try {
        const arrived = await sso.arrive(account.id, query.state)
        returnTo = arrived.returnTo
        const code = query.authCode ?? query.code
        if (!code)
          throw new AppError('oauth_refused')
        await inTurn(account.id, async () => {
          const opened = await remote.bySso({ code, state: query.state, sessionId: arrived.sessionId }, ctx.locale).catch(explainLogin)
          await keep(ctx, opened, 'dingtalk')
        })
        go(ctx, setup.publicUrl(ctx.req) + returnTo)
      }
      catch (error) {
        explainTo(ctx, error, returnTo)
      }
      return undefined
    },

    'DELETE /api/crm/login': async (_input, ctx) => {
      const { account } = ctx.caller
      await inTurn(account.id, async () => {
        const connection = await store.find(account.id)
        await store.remove(account.id)
        if (!connection)
          return
        if (connection.credentials)
          await remote.logout(connection.credentials).catch((error: unknown) => ctx.log.info({ err: error }, 'the Cordys session could not be ended'))
        await audit({ actor: account.name, action: 'crm.disconnected', detail: { account: account.id, cordysUser: connection.profile.id }, ip: ctx.ip })
      })
      return standing(account.id)
    },
  }
}
