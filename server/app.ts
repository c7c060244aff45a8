import type { Express } from 'express'
import type { Database } from './db/index.ts'
import type { Clock } from './dingtalk/index.ts'
import type { FreshTimings } from './directory/sync/index.ts'
import type { Env } from './env.ts'
import type { Logger } from './http/logger.ts'
import type { Messages } from './messages/index.ts'
import type { DeliveryTimings } from './notifications/index.ts'
import { fileURLToPath } from 'node:url'
import { auditedRequest, auditRoutes } from './audit/index.ts'
import { createAuth, noteLoginCall } from './auth/index.ts'
import { calendarRoutes, createCalendar, holidaysOf } from './calendar/index.ts'
import { connectCordys } from './cordys.ts'
import { createEmbeddedCrm, createOwnedRecords, crmRoutes, embeddedReminders, joinRecords, noCrmLogin, recordsInSight, takeOverRest } from './crm/index.ts'
import { connectDingTalk } from './dingtalk.ts'
import { changeCompany, createDirectory, createHandover, createPeople, directoryRoutes, handoverRoutes, roleRoutes } from './directory/index.ts'
import { choosableDepartments, createChanges, createConflicts, createFresh, createSync, createSyncSettings, syncRoutes } from './directory/sync/index.ts'
import { createAttempts } from './http/attempts.ts'
import { createHttp } from './http/create-http.ts'
import { createMetrics } from './http/metrics.ts'
import { createPublicUrl } from './http/public-url.ts'
import { alwaysAsked, companyNews, createMessages, takeOverMessages } from './messages/index.ts'
import { createNotifications, deliveryRoutes, takeOverOutbox } from './notifications/index.ts'
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
  /** How eagerly the outbox is looked at; the same. */
  deliveryTimings?: Partial<DeliveryTimings> | undefined
  /** Time as the DingTalk client sees it; the same. */
  dingtalkClock?: Clock | undefined
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
  deliveryTimings,
  dingtalkClock,
}: Given): App {
  const metrics = createMetrics()
  const publicUrl = createPublicUrl(env.PUBLIC_URL)
  const attempts = createAttempts(failuresAMinute)
  const linkBase = env.PUBLIC_URL ?? `http://localhost:${env.PORT}`

  const sealer = createSealer(secretKey)
  const store = createDingTalkStore({ db, sealer, log })
  const setupToken = createSetupToken(db)
  const sightings = createSightings({ db, store, log })
  const { dingtalk, credentials, connect, proxy, ...platform } = connectDingTalk({ env, log, store, clock: dingtalkClock })

  const directory = createDirectory({ db })
  const auth = createAuth({ env, db, secretKey, directory, settings: store, sightings, dingtalk, publicUrl, attempts, metrics })
  const notifications = createNotifications({ db, engine, dingtalk, credentials, enabled: async () => (await store.read()).notifications, alwaysAsked, linkBase, log, timings: deliveryTimings })
  const messages = createMessages({ db, directory, notifications, settings: store, calendar: createCalendar({ db }), reminders: env.CRM === 'cordys' ? undefined : embeddedReminders, linkBase, publicUrlSet: env.PUBLIC_URL !== undefined, log })
  const ownedRecords = createOwnedRecords({ publish: messages.publish })
  const people = createPeople({
    db,
    contacts: dingtalk.contacts,
    endSessions: auth.endSessions,
    ownedRecords: ownedRecords.count,
    handOver: joinRecords,
    takeOverRest: async (tx, given) => {
      await takeOverRest(tx, given)
      await takeOverMessages(tx, given)
      await takeOverOutbox(tx, given)
    },
    publish: messages.onAccess,
    elsewhere: env.CRM === 'cordys',
  })
  const syncSettings = createSyncSettings({ db })
  const conflicts = createConflicts({ db })
  const sync = createSync({
    db,
    corpId: async tx => (tx ? (await store.namesIn(tx)).corpId ?? undefined : (await credentials())?.corpId),
    dingtalk,
    readSettings: syncSettings.read,
    recordConflicts: conflicts.record,
    ownedRecords,
    endSessions: auth.endSessions,
    onRunEnded: messages.onRunEnded,
    welcome: messages.welcome,
    log,
  })
  const fresh = createFresh({
    db,
    engine,
    dingtalk,
    credentials,
    sealer,
    readSettings: syncSettings.read,
    runs: sync,
    otherEvents: { todo_task_update: notifications.todos.changed },
    env,
    log,
    timings: freshTimings,
  })
  platform.onCall(
    ({ api, errcode, ms }) => {
      metrics.dingtalkCalls.inc({ api, code: errcode })
      metrics.dingtalkSeconds.observe({ api }, ms / 1000)
    },
    sync.noteCall,
    noteLoginCall,
    sightings.call,
    notifications.noteCall,
  )
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
  const doctor = createDoctor({ connect })

  const routes = [
    ...auth.routes,
    ...auth.visitorRoutes(people),
    ...people.routes,
    ...roleRoutes({ db, recordsInSight: env.CRM === 'cordys' ? undefined : (accountId, scope) => recordsInSight(db, accountId, scope) }),
    ...auditRoutes({ db, checkTitle }),
    ...calendarRoutes({ db }),
    ...settingsRoutes({
      db,
      env,
      store,
      sightings,
      setupToken,
      connect,
      publicUrl,
      attempts,
      openOperatorSession: auth.openOperatorSession,
      onCompanyChange: async (tx, change) => {
        await changeCompany(tx, change)
        await notifications.leaveCompany(tx, { from: change.from, ends: companyNews })
      },
    }),
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
      holidays: year => holidaysOf(db, year),
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
      choosable: signal => choosableDepartments(db, dingtalk.contacts, signal),
    }),
    ...deliveryRoutes({ notifications }),
    // Before the CRM's: /api/crm/:kind/… would take them for a kind of record.
    ...messages.routes,
    ...crmRoutes(crm),
  ]

  const { http, drain } = createHttp({ env, database: { db, engine }, log, metrics, publicUrl, routes, others: [fresh.pushRouter()], distDir, context: auth.context, around: auditedRequest(db) })

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
    drain,
    async stop() {
      stopSweeping()
      // At once: following events ends with the run it waits for.
      await Promise.all([fresh.stop(), sync.stop(), notifications.stop(), messages.stop()])
      await cordys?.close()
      await platform.close()
    },
  }
}
