import type { Request } from 'express'
import type { Session } from '#contract/session.ts'
import type { DingTalkSettings } from '#contract/settings.ts'
import type { Db } from '../db/index.ts'
import type { DingTalkCredentials } from '../dingtalk/index.ts'
import type { CompanyChange } from '../directory/index.ts'
import type { Env } from '../env.ts'
import type { Attempts } from '../http/attempts.ts'
import type { RequestContext } from '../http/context.ts'
import type { PublicUrl } from '../http/public-url.ts'
import type { SetupToken } from './setup-token.ts'
import type { Sightings } from './sightings/index.ts'
import type { DingTalkStore, DingTalkValues, StoredDingTalk } from './store.ts'
import type { Connect } from './trial.ts'
import { settingsRoutes as contract } from '#contract/settings.ts'
import { audit } from '../audit/index.ts'
import { AppError, invalid } from '../http/app-error.ts'
import { callerName } from '../http/context.ts'
import { DingTalkFailure } from '../http/dingtalk-error.ts'
import { implement } from '../http/route.ts'
import { refuseLockout } from './lockout.ts'
import { appKeyOf, loginProven } from './sightings/index.ts'
import { firstRules } from './store.ts'
import { tryConnection } from './trial.ts'

interface Services {
  db: Db
  env: Env
  store: DingTalkStore
  sightings: Pick<Sightings, 'of'>
  setupToken: SetupToken
  connect: Connect
  publicUrl: PublicUrl
  attempts: Attempts
  /** Opens a break-glass session for the person who has just set the system up. */
  openOperatorSession: (ctx: RequestContext) => Promise<Session>
  /** Another company is connected, within the transaction that says so. */
  onCompanyChange: (tx: Db, change: CompanyChange) => Promise<void>
}

export function settingsRoutes({ db, env, store, sightings, setupToken, connect, publicUrl, attempts, openOperatorSession, onCompanyChange }: Services) {
  /** DingTalk's word on credentials before they are kept; whoever has read it may keep them all the same. */
  async function tryBefore(saving: DingTalkCredentials, signal: AbortSignal): Promise<void> {
    const refusal = await tryConnection(connect, saving, signal)
    if (refusal)
      throw new DingTalkFailure(refusal, 'connection_refused')
  }

  async function view(req: Request): Promise<DingTalkSettings> {
    const { clientSecret, secretLost, updatedAt, ...stored } = await store.read()
    const base = publicUrl.of(req)
    return {
      ...stored,
      clientSecretSet: clientSecret !== null,
      clientSecretLost: secretLost,
      updatedAt: updatedAt?.toISOString() ?? null,
      environmentDiffers: differences({ ...stored, clientSecret }, env),
      addresses: {
        homepage: `${base}/?corpId=$CORPID$`,
        // The second is what a homepage of the fixed-state form names.
        redirectUrl: `${base}/api/session/oauth/callback,${base}/`,
        publicUrlIsHttps: base.startsWith('https:'),
      },
    }
  }

  return implement(contract, {
    'POST /api/setup': async ({ body: { setupToken: token, confirmed, ...credentials } }, ctx) => {
      if ((await store.read()).updatedAt !== null)
        throw new AppError('setup_done')
      await attempts.guard(`setup:${ctx.ip}`, async () => {
        if (!(await setupToken.matches(token)))
          throw new AppError('setup_token_invalid')
      })
      refuseSwapped(credentials)
      if (!confirmed.includes('connection'))
        await tryBefore(credentials, ctx.signal)
      if (!(await store.writeFirst({ ...credentials, ...firstRules }, 'setup')))
        throw new AppError('setup_done')
      await setupToken.kill()
      await audit(db, {
        actor: 'setup',
        action: 'settings.setup',
        detail: { corpId: credentials.corpId, clientId: credentials.clientId, agentId: credentials.agentId },
        ip: ctx.ip,
      })
      return openOperatorSession(ctx)
    },

    'GET /api/settings/dingtalk': (_input, { req }) => view(req),

    'PUT /api/settings/dingtalk': async ({ body: { clientSecret, confirmed, ...values } }, ctx) => {
      refuseSwapped({ ...values, clientSecret })
      const known = await store.read()
      const seen = await sightings.of(appKeyOf(values)!)
      const proven = { dingtalk: loginProven(seen.get('loginCode')), browser: loginProven(seen.get('browserLogin')) }
      refuseLockout(known, { ...known, ...defined(values) }, { confirmed, proven })
      const secret = clientSecret ?? known.clientSecret
      const agentId = values.agentId === undefined ? known.agentId : values.agentId
      const changed = values.corpId !== known.corpId || values.clientId !== known.clientId || secret !== known.clientSecret || agentId !== known.agentId
      if (changed && secret !== null && !confirmed.includes('connection'))
        await tryBefore({ ...values, clientSecret: secret }, ctx.signal)
      await db.transaction(async (tx) => {
        const { before, after } = await store.update(tx, callerName(ctx.caller), (stored) => {
          const next = { ...stored, ...defined(values), clientSecret: clientSecret ?? stored.clientSecret }
          // Once more on the locked row: somebody may have changed it since, or our copy was old.
          refuseLockout(stored, next, { confirmed, proven })
          return next
        })
        await audit(tx, {
          actor: callerName(ctx.caller),
          action: 'settings.update',
          detail: { before: publicPart(before), after: publicPart(after), secretChanged: after.clientSecret !== before.clientSecret, confirmed },
          ip: ctx.ip,
        })
        if (before.corpId !== null && after.corpId !== null && after.corpId !== before.corpId)
          await onCompanyChange(tx, { from: before.corpId, to: after.corpId, actor: callerName(ctx.caller), accountId: ctx.caller.kind === 'account' ? ctx.caller.account.id : null })
      })
      store.forget()
      return view(ctx.req)
    },
  })
}

/** One value in two fields is right in one of them at most, whatever it looks like; what each looks like, the contract says. */
function refuseSwapped({ corpId, clientId, clientSecret }: { corpId: string, clientId: string, clientSecret?: string | undefined }): void {
  if (clientId === corpId)
    throw invalid([{ path: 'clientId', message: 'client_id_is_corp_id' }])
  if (clientSecret === clientId || clientSecret === corpId)
    throw invalid([{ path: 'clientSecret', message: 'client_secret_is_id' }])
}

/** What the history may tell: everything but the secret. */
function publicPart({ corpId, clientId, agentId, subAdminsAreAdmins, bossIsAdmin, loginInDingTalk, loginInBrowser, notifications }: DingTalkValues) {
  return { corpId, clientId, agentId, subAdminsAreAdmins, bossIsAdmin, loginInDingTalk, loginInBrowser, notifications }
}

/** Without what was left out of the request. */
function defined<T extends object>(values: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as { [K in keyof T]: Exclude<T[K], undefined> }
}

function differences(
  stored: Pick<StoredDingTalk, 'corpId' | 'clientId' | 'agentId' | 'clientSecret'>,
  env: Env,
): DingTalkSettings['environmentDiffers'] {
  const given = {
    corpId: env.DINGTALK_CORP_ID,
    clientId: env.DINGTALK_CLIENT_ID,
    clientSecret: env.DINGTALK_CLIENT_SECRET,
    agentId: env.DINGTALK_AGENT_ID,
  }
  return (['corpId', 'clientId', 'clientSecret', 'agentId'] as const).filter(name => given[name] !== undefined && given[name] !== stored[name])
}
