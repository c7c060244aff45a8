import type { CheckId, DoctorCheck } from '#contract/connection.ts'
import type { Db } from '../db/index.ts'
import type { DingTalk, DingTalkCredentials } from '../dingtalk/index.ts'
import type { RequestContext } from '../http/context.ts'
import type { PublicUrl } from '../http/public-url.ts'
import type { CallMeter, Confirmations, Doctor, EventsState, Examination } from './doctor/index.ts'
import type { Sightings } from './sightings/index.ts'
import type { DingTalkStore } from './store.ts'
import { connectionRoutes as contract } from '#contract/connection.ts'
import { audit } from '../audit/index.ts'
import { AppError } from '../http/app-error.ts'
import { createQuota } from '../http/attempts.ts'
import { callerName } from '../http/context.ts'
import { fromDingTalk } from '../http/dingtalk-error.ts'
import { implement } from '../http/route.ts'
import { toCheck } from './doctor/finding.ts'
import { buildGuide } from './guide.ts'
import { readRecipients } from './recipients.ts'
import { readSample } from './sample.ts'
import { appKeyOf } from './sightings/index.ts'
import { sendTestNotification } from './test-notification.ts'

interface Services {
  db: Db
  store: DingTalkStore
  doctor: Doctor
  confirmations: Confirmations
  sightings: Sightings
  dingtalk: DingTalk
  publicUrl: PublicUrl
  loginBase: string
  /** How the event channel is doing. */
  events: () => Promise<EventsState>
  /** Our calls of this month. */
  meter: () => Promise<CallMeter>
  /** What the calendar knows of a year. */
  holidays: Examination['holidays']
}

interface Wanted extends Partial<DingTalkCredentials> {
  only?: CheckId[] | undefined
}

/** Test notifications one address may send in a minute. */
const notificationsAMinute = 10

export function connectionRoutes({ db, store, doctor, confirmations, sightings, dingtalk, publicUrl, loginBase, events, meter, holidays }: Services) {
  const notifications = createQuota(notificationsAMinute)

  async function examine(wanted: Wanted | undefined, ctx: RequestContext<'operator'>, onCheck: (check: DoctorCheck) => void): Promise<void> {
    const { only, ...typed } = wanted ?? {}
    const stored = await store.read()
    const { corpId, clientId, clientSecret, agentId } = { ...stored, ...Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== undefined)) }
    if (!corpId || !clientId || !clientSecret)
      throw new AppError('not_configured')
    const app = appKeyOf({ corpId, clientId })!
    // Looking at what is stored changes nothing; trying other credentials is remembered, without the secret.
    if (Object.values(typed).some(value => value !== undefined))
      await audit(db, { actor: callerName(ctx.caller), action: 'settings.doctor', detail: typed, ip: ctx.ip })
    await doctor.examine(
      { corpId, clientId, clientSecret, ...(agentId && { agentId }) },
      {
        only,
        onCheck,
        onBroken: (check, error) => ctx.log.error({ err: error, check }, 'a check of the doctor broke'),
        locale: ctx.locale,
        signal: ctx.signal,
        stored: corpId === stored.corpId && clientId === stored.clientId && clientSecret === stored.clientSecret && agentId === stored.agentId,
        logins: { dingtalk: stored.loginInDingTalk, browser: stored.loginInBrowser },
        notifications: stored.notifications,
        publicUrl: publicUrl.of(ctx.req),
        configuredUrl: publicUrl.configured,
        sightings: await sightings.of(app),
        confirmations: await confirmations.of(app),
        events,
        meter,
        holidays,
      },
    )
  }

  async function storedApp(): Promise<{ credentials: DingTalkCredentials, app: string }> {
    const { corpId, clientId, clientSecret, agentId } = await store.read()
    if (!corpId || !clientId || !clientSecret)
      throw new AppError('not_configured')
    return { credentials: { corpId, clientId, clientSecret, ...(agentId && { agentId }) }, app: appKeyOf({ corpId, clientId })! }
  }

  return implement(contract, {
    'POST /api/settings/dingtalk/doctor': async ({ body }, ctx) => {
      const checks: DoctorCheck[] = []
      await examine(body, ctx, check => checks.push(check))
      return { checks }
    },

    'POST /api/settings/dingtalk/doctor/stream': ({ body }, ctx, send) => examine(body, ctx, check => send(check)),

    'PUT /api/settings/dingtalk/doctor/:check': async ({ params: { check }, body }, ctx) => {
      const { app } = await storedApp()
      const found: DoctorCheck[] = []
      await examine({ only: [check] }, ctx, told => void found.push(told))
      const [told] = found as [DoctorCheck]
      const { confirmed } = body
      // Nobody's word is taken for what they have not seen.
      if (confirmed && body.about !== told.about)
        return told
      if (confirmed && told.result !== 'manual')
        throw new AppError('doctor_not_manual')
      const { by, at } = await confirmations.set(app, check, confirmed ? told.about : undefined, callerName(ctx.caller), ctx.ip)
      return { ...told, manual: told.manual && { ...told.manual, confirmed: confirmed ? { by, at: at.toISOString() } : null } }
    },

    'GET /api/settings/dingtalk/doctor/recipients': async (_input, { locale, signal }) => {
      await storedApp()
      return readRecipients(dingtalk, locale, signal)
    },

    'POST /api/settings/dingtalk/doctor/notification': async ({ body: { userid } }, ctx) => {
      const { credentials } = await storedApp()
      await notifications.check(ctx.ip)
      await notifications.take(ctx.ip)
      const finding = await sendTestNotification({ dingtalk, credentials, userid, publicUrl: publicUrl.of(ctx.req), sightings, signal: ctx.signal })
      await audit(db, { actor: callerName(ctx.caller), action: 'doctor.notification', detail: { userid, result: finding.result }, ip: ctx.ip })
      return toCheck('agentId', finding, ctx.locale, undefined)
    },

    'GET /api/settings/dingtalk/guide': async (_input, { req, locale }) => {
      const stored = await store.read()
      const app = appKeyOf(stored)
      const refusedIp = app === undefined ? undefined : (await sightings.of(app)).get('egressIp')
      return buildGuide({
        stored,
        locale,
        loginBase,
        base: publicUrl.of(req),
        egressIp: refusedIp?.failed?.ip && refusedIp.failedAt ? { ip: refusedIp.failed.ip, at: refusedIp.failedAt.toISOString() } : null,
      })
    },

    'GET /api/settings/dingtalk/sample': async (_input, { signal }) => {
      await storedApp()
      return readSample(dingtalk, signal).catch(fromDingTalk)
    },
  })
}
