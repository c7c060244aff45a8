import type { Session } from '#contract/session.ts'
import type { DingTalk } from '../dingtalk/index.ts'
import type { Directory } from '../directory/index.ts'
import type { Env } from '../env.ts'
import type { Attempts } from '../http/attempts.ts'
import type { RequestContext } from '../http/context.ts'
import type { Metrics } from '../http/metrics.ts'
import type { PublicUrl } from '../http/public-url.ts'
import type { DingTalkStore, Homepage, Sightings } from '../settings/index.ts'
import type { AdminLinks } from './admin-links.ts'
import type { Cookies } from './cookies.ts'
import type { Login } from './login.ts'
import type { OAuthFlow } from './oauth-flow.ts'
import type { Sessions } from './sessions.ts'
import type { Trails } from './trail/index.ts'
import type { Visitors } from './visitors/store.ts'
import { sessionRoutes as contract } from '#contract/session.ts'
import { AppError } from '../http/app-error.ts'
import { createQuota } from '../http/attempts.ts'
import { DingTalkFailure, fromDingTalk } from '../http/dingtalk-error.ts'
import { implement } from '../http/route.ts'
import { homepageOf } from '../settings/index.ts'
import { makeProblemTicket, problemMs, readProblemTicket } from './problem-ticket.ts'
import { safeReturnTo } from './return-to.ts'
import { operatorMs } from './sessions.ts'
import { know, step } from './trail/index.ts'
import { visitMs } from './visitors/store.ts'
import { UnknownMember } from './visitors/unknown-member.ts'

export interface AuthServices {
  env: Env
  secretKey: string
  directory: Directory
  settings: DingTalkStore
  sightings: Pick<Sightings, 'ok' | 'noteFailed' | 'loginFailed'>
  dingtalk: DingTalk
  sessions: Sessions
  cookies: Cookies
  login: Login
  oauth: OAuthFlow
  adminLinks: AdminLinks
  trails: Trails
  visitors: Visitors
  publicUrl: PublicUrl
  attempts: Attempts
  metrics: Metrics
}

/** What a login of each way proves. */
const sightingOf = { dingtalk: 'loginCode', oauth: 'browserLogin' } as const

export function authRoutes({
  env,
  secretKey,
  directory,
  settings,
  sightings,
  dingtalk,
  sessions,
  cookies,
  login,
  oauth,
  adminLinks,
  trails,
  visitors,
  publicUrl,
  attempts,
  metrics,
}: AuthServices) {
  /** A minute's allowance for one address: codes that DingTalk did not know, and browser logins begun. */
  const staleCodes = createQuota(120)
  const loginStarts = createQuota(300)
  /** What clients say of signatures is written down; so many an address may report in a minute. */
  const verdicts = createQuota(60)

  /** Opens a session in place of the one this browser had, whose token is worth nothing afterwards; the same person's is renewed. */
  async function open({ req, res }: RequestContext, given: Parameters<Sessions['open']>[0]): Promise<Session> {
    const previous = cookies.session(req)
    const renewed = previous !== undefined && given.kind === 'account' ? await sessions.renew(previous, given.accountId) : undefined
    if (previous !== undefined && renewed !== undefined) {
      cookies.setSession(req, res, previous, renewed)
    }
    else {
      const { token, expiresAt } = await sessions.open(given, { previous, userAgent: req.headers['user-agent'] })
      cookies.setSession(req, res, token, expiresAt)
    }
    return given.kind === 'account'
      ? { kind: 'account', account: await directory.profile(given.accountId) }
      : { kind: 'operator', expiresAt: new Date(Date.now() + operatorMs).toISOString() }
  }

  /** A browser that navigates is sent on, never answered with JSON. */
  function go({ res }: RequestContext, url: string): void {
    res.set('cache-control', 'no-store').redirect(302, url)
  }

  function explain(ctx: RequestContext, error: unknown): void {
    const code = error instanceof AppError ? error.code : 'internal'
    ctx.log[code === 'internal' ? 'error' : 'info']({ err: error, code }, 'browser login failed')
    const login = trails.codeOf(ctx)
    if (login)
      cookies.setProblem(ctx.req, ctx.res, makeProblemTicket(secretKey, login), problemMs)
    go(ctx, `${publicUrl.of(ctx.req)}/entry?problem=${code}&request=${ctx.requestId}${login ? `&login=${login}` : ''}`)
  }

  /** Whom nothing let in may ask to be let in: the browser keeps DingTalk's word for who they are. */
  async function remember({ req, res }: RequestContext, error: unknown): Promise<void> {
    if (error instanceof UnknownMember)
      cookies.setVisitor(req, res, await visitors.open(error.member), visitMs)
  }

  async function browserLoginIsOn(): Promise<void> {
    if (!(await settings.read()).loginInBrowser)
      throw new AppError('login_browser_off')
  }

  /** DingTalk said who it is: the way works, and the homepage where the page was opened by it. */
  function worked(way: 'dingtalk' | 'oauth', homepage: Homepage | undefined): void {
    sightings.ok(sightingOf[way])
    if (homepage)
      sightings.ok(homepage.kind, { url: homepage.url })
  }

  async function counted<T>(way: 'dingtalk' | 'oauth', attempt: () => Promise<T>, homepage?: Homepage): Promise<T> {
    try {
      const result = await attempt()
      metrics.logins.inc({ way, result: 'ok' })
      worked(way, homepage)
      return result
    }
    catch (error) {
      metrics.logins.inc({ way, result: error instanceof AppError ? error.code : 'internal' })
      if (error instanceof DingTalkFailure)
        sightings.loginFailed(sightingOf[way], error.failure)
      else if (error instanceof AppError && ['member_unknown', 'account_disabled'].includes(error.code))
        worked(way, homepage)
      throw error
    }
  }

  async function openedBy({ req }: RequestContext, openedAt: string | undefined): Promise<Homepage | undefined> {
    const { corpId } = await settings.read()
    return openedAt !== undefined && corpId !== null ? homepageOf({ openedAt, corpId, base: publicUrl.of(req), userAgent: req.headers['user-agent'] }) : undefined
  }

  const routes = implement(contract, {
    'GET /api/bootstrap': async (_input, { locale }) => {
      const { corpId, clientId, clientSecret, loginInDingTalk, loginInBrowser } = await settings.read()
      return { configured: clientSecret !== null, corpId, clientId, logins: { dingtalk: loginInDingTalk, browser: loginInBrowser }, crm: env.CRM, locale }
    },

    'GET /api/session': async (_input, { caller, req }) => {
      if (caller.kind === 'account')
        return { kind: 'account', account: await directory.profile(caller.account.id) }
      const session = await sessions.find(cookies.session(req) ?? '')
      return { kind: 'operator', expiresAt: (session?.expiresAt ?? new Date()).toISOString() }
    },

    'POST /api/session/dingtalk': async ({ body: { openedAt, ...body } }, ctx) => {
      return trails.follow('dingtalk', ctx, async () => {
        // A stale code costs a call of the login budget, so one address may only bring so many.
        await staleCodes.check(ctx.ip)
        const homepage = await openedBy(ctx, openedAt)
        const account = await counted('dingtalk', () => login.byCode(body, ctx.log), homepage).catch(async (error: unknown) => {
          if (error instanceof AppError && error.code === 'login_code_invalid')
            await staleCodes.take(ctx.ip)
          await remember(ctx, error)
          throw error
        })
        ctx.log.info({ account: account.id }, 'logged in')
        return step('session', () => open(ctx, { kind: 'account', accountId: account.id }))
      })
    },

    'POST /api/session/failure': async ({ body }, ctx) => {
      const loginCode = await trails.report(body, ctx)
      ctx.log.info({ way: body.way, code: body.code, loginCode }, 'a login failed in the browser')
      return { loginCode }
    },

    'DELETE /api/session': async (_input, { req, res }) => {
      const token = cookies.session(req)
      if (token)
        await sessions.end(token)
      cookies.clearSession(req, res)
      return undefined
    },

    'GET /api/session/oauth/start': async ({ query }, ctx) => {
      const { req, res, ip } = ctx
      try {
        const redirectUri = `${publicUrl.of(req)}/api/session/oauth/callback`
        const start = async () => {
          await loginStarts.check(ip)
          await loginStarts.take(ip)
          await browserLoginIsOn()
          return step('start', () => oauth.start({ returnTo: safeReturnTo(query.returnTo), redirectUri, browser: cookies.browser(req) }))
        }
        // What begins well ends at the callback, and leaves its trail there.
        const started = await trails.follow('oauth', ctx, start, () => false)
        cookies.setBrowser(req, res, started.browser, started.lifetimeMs)
        go(ctx, started.url)
      }
      catch (error) {
        explain(ctx, error)
      }
      return undefined
    },

    'GET /api/session/oauth/callback': async ({ query }, ctx) => {
      const { req } = ctx
      const home = publicUrl.of(req)
      try {
        const goal = await trails.follow('oauth', ctx, async () => {
          const arrived = await step('state', () => oauth.finish(query, cookies.browser(req)))
          if (arrived === 'not-ours')
            return undefined
          sightings.ok('oauthCallback', { url: `${home}/api/session/oauth/callback` })
          await browserLoginIsOn()
          const account = await counted('oauth', () => login.byAuthCode(arrived.authCode, ctx.log))
          await step('session', () => open(ctx, { kind: 'account', accountId: account.id }))
          await loginStarts.giveBack(ctx.ip)
          return arrived.returnTo
        }, goal => goal !== undefined)
        go(ctx, home + (goal ?? '/'))
      }
      catch (error) {
        await remember(ctx, error)
        explain(ctx, error)
      }
      return undefined
    },

    'GET /api/session/problem': async (_input, { req, locale }) => {
      const login = readProblemTicket(secretKey, cookies.problem(req) ?? '')
      return { problem: login === undefined ? null : await trails.problemOf(login, locale, directory.administratorNames) }
    },

    'POST /api/session/admin-link': async ({ body }, ctx) => {
      return trails.follow('admin_link', ctx, async () => {
        know({ name: 'operator' })
        await attempts.guard(`admin-link:${ctx.ip}`, () => adminLinks.redeem(body.token, ctx.ip))
        return open(ctx, { kind: 'operator' })
      })
    },

    'POST /api/jsapi/config': async ({ body }, { req, signal }) => {
      if (!isOwnPage(body.url, publicUrl.of(req))) {
        throw new AppError('validation_failed', { issues: [{ path: 'url', message: 'invalid' }] })
      }
      return dingtalk.tickets.config(body.url, signal).catch(fromDingTalk)
    },

    'POST /api/jsapi/verdict': async ({ body: { ok, code = '', message } }, { req, ip }) => {
      await verdicts.check(ip)
      await verdicts.take(ip)
      const { agentId } = await settings.read()
      if (agentId !== null && ok)
        sightings.ok('jsapi', { agentId, url: publicUrl.of(req) })
      if (agentId !== null && !ok)
        await sightings.noteFailed('jsapi', { reason: reasonOf(code), text: message, agentId })
      return undefined
    },
  })

  return { routes, openSession: (ctx: RequestContext, accountId: string) => open(ctx, { kind: 'account', accountId }), openOperatorSession: (ctx: RequestContext) => open(ctx, { kind: 'operator' }) }
}

/** Codes of DingTalk's list as they are; a client that said nothing in time (src/container/timeout.ts) has refused nothing. */
function reasonOf(code: string): string {
  return /^(?:PC_)?\d{4,}$/.test(code) ? code : code === 'timeout' ? 'jsapi_no_answer' : 'jsapi_refused'
}

/** dd.config is signed for our own pages only; the hash is not part of what DingTalk checks (dingtalk-server-api §6). */
function isOwnPage(url: string, base: string): boolean {
  return !/[#\p{Cc}]/u.test(url) && (url === base || url.startsWith(`${base}/`) || url.startsWith(`${base}?`))
}
