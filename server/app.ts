import type { Express } from 'express'
import type { PublishCrmEvents } from './crm/index.ts'
import type { Database } from './db/index.ts'
import type { CallInfo } from './dingtalk/index.ts'
import type { FreshTimings, OnRunEnded, Sync } from './directory/sync/index.ts'
import type { Env } from './env.ts'
import type { Logger } from './http/logger.ts'
import type { Messages } from './messages/index.ts'
import type { Notifications } from './notifications/index.ts'
import type { Connect } from './settings/index.ts'
import { fileURLToPath } from 'node:url'
import express from 'express'
import { auditedRequest, auditRoutes } from './audit/index.ts'
import { createAuth, noteLoginCall } from './auth/index.ts'
import { calendarRoutes, createCalendar } from './calendar/index.ts'
import { connectCordys } from './cordys.ts'
import { createEmbeddedCrm, createOwnedRecords, crmRoutes, embeddedReminders, joinRecords, noCrmLogin, recordsInSight, takeOverRest } from './crm/index.ts'
import { answers } from './db/answers.ts'
import { createDingTalk, createDispatcher } from './dingtalk/index.ts'
import { createDirectory, createHandover, createPeople, directoryRoutes, handoverRoutes, roleRoutes } from './directory/index.ts'
import { createChanges, createConflicts, createFresh, createSync, createSyncSettings, syncRoutes } from './directory/sync/index.ts'
import { AppError } from './http/app-error.ts'
import { createAttempts } from './http/attempts.ts'
import { stripBasePath } from './http/base-path.ts'
import { refuseCrossSite } from './http/cross-site.ts'
import { errorHandler } from './http/error-handler.ts'
import { requestLog } from './http/logger.ts'
import { createMetrics, serveMetrics, timeRequests } from './http/metrics.ts'
import { mountRoutes } from './http/mount.ts'
import { openApi } from './http/openapi.ts'
import { createPublicUrl } from './http/public-url.ts'
import { securityHeaders } from './http/security-headers.ts'
import { createFrontend } from './http/static.ts'
import { alwaysAsked, createMessages, takeOverMessages } from './messages/index.ts'
import { createNotifications, deliveryRoutes } from './notifications/index.ts'
import { joinPlansAndTodos } from './plan-todos.ts'
import { checkTitle, connectionRoutes, createConfirmations, createDingTalkStore, createDoctor, createSealer, createSetupToken, createSightings, settingsRoutes } from './settings/index.ts'

export interface App {
  http: Express
  /** Recovers what an earlier process left, seeds the settings and starts periodic work. @returns the setup token while nothing is configured */
  start: () => Promise<{ setupToken: string | undefined }>
  messages: Messages
  /** Says on /readyz that no new requests should come. */
  drain: () => void
  /** Ends background work and outgoing connections; the database is the caller's. */
  stop: () => Promise<void>
}

interface Given {
  env: Env
  database: Database
  secretKey: string
  log: Logger
  /** Where the built H5 is; for tests that bring their own. */
  distDir?: string
  /** How eagerly events are followed; for tests that cannot wait. */
  freshTimings?: Partial<FreshTimings> | undefined
}

/** Failures (wrong codes, wrong tokens) that one address may cause in a minute. */
const failuresAMinute = 20

/** The embedded database has one connection: while an import is written, everybody else waits. */
const embeddedImportRows = 10_000

/** Puts the features together. Nothing here listens or reads the environment. */
export function createApp({
  env,
  database: { db, engine },
  secretKey,
  log,
  distDir = fileURLToPath(new URL('../dist', import.meta.url)),
  freshTimings,
}: Given): App {
  const metrics = createMetrics()
  const publicUrl = createPublicUrl(env.PUBLIC_URL)
  const attempts = createAttempts(failuresAMinute)
  const proxy = { ...(env.HTTPS_PROXY && { httpsProxy: env.HTTPS_PROXY }), ...(env.NO_PROXY && { noProxy: env.NO_PROXY }) }
  const dispatcher = createDispatcher(proxy)

  const sealer = createSealer(secretKey)
  const store = createDingTalkStore({ db, sealer, log })
  const setupToken = createSetupToken(db)
  const sightings = createSightings({ db, store, log })
  /** Tells a sync under way of each call; there is none before the features are put together below. */
  let noteCall: Sync['noteCall'] = () => {}
  let noteUsage: Notifications['noteCall'] = () => {}
  const outbound = {
    hosts: { api: env.DINGTALK_API_BASE, oapi: env.DINGTALK_OAPI_BASE, login: env.DINGTALK_LOGIN_BASE },
    logger: log,
    dispatcher,
    proxy,
    limits: {
      perApi: env.DINGTALK_RATE_PER_API,
      paidPackage: env.DINGTALK_RATE_PER_API > 20,
      ...(env.DINGTALK_RATE_PER_APP && { perApp: env.DINGTALK_RATE_PER_APP }),
    },
    onCall: (call: CallInfo) => {
      const { api, errcode, ms, attempt } = call
      metrics.dingtalkCalls.inc({ api, code: errcode })
      metrics.dingtalkSeconds.observe({ api }, ms / 1000)
      noteCall({ api, attempt })
      noteLoginCall(call)
      sightings.call(call)
      noteUsage({ api, errcode })
    },
  }
  const credentials = async () => {
    const { corpId, clientId, clientSecret, agentId } = await store.read()
    return corpId && clientId && clientSecret ? { corpId, clientId, clientSecret, ...(agentId && { agentId }) } : undefined
  }
  const dingtalk = createDingTalk({ ...outbound, credentials })

  const directory = createDirectory({ db })
  const auth = createAuth({ env, db, secretKey, directory, settings: store, sightings, dingtalk, publicUrl, attempts, metrics })
  /** Tells of requests for access; nobody to tell before the features are put together below. */
  let tellAccess: Messages['onAccess'] = async () => {}
  /** Tells of records that change hands; nobody to tell before the features are put together below. */
  let tellCrmEvents: PublishCrmEvents = async () => {}
  const ownedRecords = createOwnedRecords({ publish: (tx, events) => tellCrmEvents(tx, events) })
  const people = createPeople({
    db,
    contacts: dingtalk.contacts,
    endSessions: auth.endSessions,
    ownedRecords: ownedRecords.count,
    handOver: joinRecords,
    takeOverRest: async (tx, given) => {
      await takeOverRest(tx, given)
      await takeOverMessages(tx, given)
    },
    publish: (tx, event) => tellAccess(tx, event),
  })
  const syncSettings = createSyncSettings({ db })
  const conflicts = createConflicts({ db })
  /** Tells of a run's end; nobody to tell before the features are put together below. */
  let tellRunEnded: OnRunEnded = async () => {}
  const sync = createSync({
    db,
    corpId: async () => (await credentials())?.corpId,
    dingtalk,
    readSettings: syncSettings.read,
    recordConflicts: conflicts.record,
    ownedRecords,
    endSessions: auth.endSessions,
    onRunEnded: (tx, run) => tellRunEnded(tx, run),
    log,
  })
  /** Follows to-dos that change in DingTalk; nobody follows them before the features are put together below. */
  let followTodos: Notifications['todos']['changed'] = async () => {}
  /** Welcomes newcomers; the same. */
  let welcome: Messages['welcome'] = async () => {}
  const fresh = createFresh({
    db,
    engine,
    dingtalk,
    credentials,
    sealer,
    readSettings: syncSettings.read,
    runs: sync,
    welcome: (tx, runId, accountIds) => welcome(tx, runId, accountIds),
    otherEvents: { todo_task_update: events => followTodos(events) },
    env,
    log,
    timings: freshTimings,
  })
  noteCall = sync.noteCall
  const linkBase = env.PUBLIC_URL ?? `http://localhost:${env.PORT}`
  const notifications = createNotifications({ db, engine, dingtalk, credentials, enabled: async () => (await store.read()).notifications, alwaysAsked, linkBase, log })
  noteUsage = notifications.noteCall
  followTodos = notifications.todos.changed
  const messages = createMessages({ db, directory, notifications, settings: store, calendar: createCalendar({ db }), reminders: env.CRM === 'cordys' ? undefined : embeddedReminders, linkBase, publicUrlSet: env.PUBLIC_URL !== undefined, log })
  tellRunEnded = messages.onRunEnded
  tellAccess = messages.onAccess
  welcome = messages.welcome
  tellCrmEvents = messages.publish
  const cordys = connectCordys({ env, db, sealer, log, proxy, publicUrl, dingtalk, settings: store, publish: messages.publish })
  const crm = cordys ?? {
    crm: joinPlansAndTodos({
      db,
      crm: createEmbeddedCrm({ db, directory, publish: messages.publish, ...(engine === 'embedded' && { importRows: embeddedImportRows }) }),
      directory,
      todos: notifications.todos,
      addresses: async () => ({ base: env.PUBLIC_URL ?? (env.NODE_ENV === 'production' ? undefined : linkBase), ...(await store.namesIn(db)) }),
    }),
    login: noCrmLogin(),
  }
  const connect: Connect = (credentials, observe) =>
    createDingTalk({
      ...outbound,
      credentials: async () => credentials,
      onCall: (info) => {
        outbound.onCall(info)
        observe?.(info)
      },
    })
  const doctor = createDoctor({ connect })

  const routes = [
    ...auth.routes,
    ...auth.visitorRoutes(people),
    ...people.routes,
    ...roleRoutes({ db, recordsInSight: scope => recordsInSight(db, scope) }),
    ...auditRoutes({ db, checkTitle }),
    ...calendarRoutes({ db }),
    ...settingsRoutes({ db, env, store, sightings, setupToken, connect, publicUrl, attempts, openOperatorSession: auth.openOperatorSession }),
    ...connectionRoutes({
      db,
      store,
      doctor,
      confirmations: createConfirmations({ db }),
      sightings,
      dingtalk,
      publicUrl,
      loginBase: env.DINGTALK_LOGIN_BASE,
      events: fresh.channelStanding,
      meter: notifications.budget.read,
    }),
    ...directoryRoutes({ directory }),
    ...handoverRoutes({ handover: createHandover({ db, ownedRecords, elsewhere: env.CRM === 'cordys' }) }),
    ...syncRoutes({
      sync,
      changes: createChanges({ db, ownedRecords, readSettings: syncSettings.read }),
      settings: syncSettings,
      conflicts,
      fresh,
      publicUrl,
      isConfigured: async () => (await store.read()).clientSecret !== null,
    }),
    ...deliveryRoutes({ notifications }),
    // Before the CRM's: /api/crm/:kind/… would take them for a kind of record.
    ...messages.routes,
    ...crmRoutes(crm),
  ]

  let draining = false
  const http = express()
  http.disable('x-powered-by')
  http.set('trust proxy', env.TRUST_PROXY)
  const frontend = createFrontend(distDir, publicUrl.basePath)
  http.use(requestLog(log), timeRequests(metrics), stripBasePath(publicUrl.basePath), securityHeaders(publicUrl, frontend.scriptHashes))

  http.get('/healthz', (_req, res) => void res.json({ status: 'ok' }))
  http.get('/readyz', async (_req, res) => {
    if (draining)
      throw new AppError('unavailable')
    const status = await answers({ db, engine }).catch((cause: unknown) => {
      throw new AppError('unavailable', { cause })
    })
    res.json({ status })
  })
  http.get('/metrics', serveMetrics(metrics, env.METRICS_TOKEN))

  const api = express.Router()
  api.use(
    '/api',
    (_req, res, next) => {
      res.set('cache-control', 'no-store')
      next()
    },
    refuseCrossSite(publicUrl),
  )
  // A selection of a large run names up to 50,000 changes.
  api.use('/api/sync/runs', express.json({ limit: '3mb' }))
  api.use('/api', express.json({ limit: '1mb' }))
  mountRoutes(api, routes, { context: auth.context, around: auditedRequest(db), checkResponses: env.CHECK_RESPONSES ?? env.NODE_ENV !== 'production', log })
  api.get('/api/openapi.json', (req, res) => void res.json(openApi(routes, publicUrl.of(req))))
  api.all('/api/{*path}', (req) => {
    const known = routes.some(({ key }) => matches(key.split(' ')[1]!, req.path))
    throw new AppError(known ? 'method_not_allowed' : 'not_found')
  })
  http.use(api)
  http.use(fresh.pushRouter())

  http.use(frontend.page)
  http.use(frontend.assets)
  http.use(() => {
    throw new AppError('not_found')
  })
  http.use(errorHandler())

  let stopSweeping = () => {}
  return {
    http,
    messages,
    async start() {
      await store.seed(env)
      await sync.recover({ alone: engine === 'embedded' })
      await fresh.start()
      await messages.start()
      await notifications.start()
      stopSweeping = auth.startSweeping(error => log.warn({ err: error }, 'expired sessions could not be removed'), people.sweep)
      const stored = (await store.read()).updatedAt !== null
      return { setupToken: stored ? undefined : await setupToken.issue(env.SETUP_TOKEN) }
    },
    drain: () => void (draining = true),
    async stop() {
      stopSweeping()
      // At once: following events ends with the run it waits for.
      await Promise.all([fresh.stop(), sync.stop(), notifications.stop(), messages.stop()])
      await dingtalk.close()
      await cordys?.close()
      await dispatcher.close()
    },
  }
}

function matches(template: string, path: string): boolean {
  return new RegExp(`^${template.replace(/:\w+/g, '[^/]+')}/?$`).test(path)
}
