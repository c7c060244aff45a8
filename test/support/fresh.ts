import type { AddressInfo } from 'node:net'
import type { SyncSettings } from '#contract/sync/index.ts'
import type { Sandbox } from '../../sandbox/index.ts'
import type { Database } from '../../server/db/index.ts'
import type { Fresh, FreshTimings } from '../../server/directory/sync/fresh/index.ts'
import type { Runs } from '../../server/directory/sync/fresh/parts.ts'
import { createServer } from 'node:http'
import { and, eq, lt } from 'drizzle-orm'
import express from 'express'
import pino from 'pino'
import { tables } from '../../server/db/index.ts'
import { createDingTalk } from '../../server/dingtalk/index.ts'
import { createFresh } from '../../server/directory/sync/fresh/index.ts'
import { defaultSettings } from '../../server/directory/sync/settings/defaults.ts'
import { AppError } from '../../server/http/app-error.ts'
import { errorHandler } from '../../server/http/error-handler.ts'
import { requestLog } from '../../server/http/logger.ts'
import { createSealer } from '../../server/settings/seal.ts'

export const eventKeys = { aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG', token: 'crmtoken01' }

const log = pino({ level: 'silent' })

/** Runs that only write down what they were asked for. */
export interface RecordedRuns extends Runs {
  targeted: { userids: string[], deptIds: number[] }[]
  complete: { id: string, trigger: string }[]
  /** Set to make the next calls fail. */
  failWith: Error | undefined
  /** People about whom DingTalk does not answer. */
  unread: Map<string, Error>
}

export function recordRuns(database: Database): RecordedRuns {
  const runs: RecordedRuns = {
    targeted: [],
    complete: [],
    failWith: undefined,
    unread: new Map(),
    async start(_mode, startedBy, trigger) {
      const rows = await database.db
        .insert(tables.syncRun)
        .values({ mode: 'apply', trigger, startedBy, status: 'running', phase: 'scope', progress: {} })
        .onConflictDoNothing()
        .returning({ id: tables.syncRun.id })
      if (!rows[0])
        throw new AppError('sync_running')
      runs.complete.push({ id: rows[0].id, trigger })
      return rows[0]
    },
    prune: async () => 0,
    recover: async () => {
      await database.db
        .update(tables.syncRun)
        .set({ status: 'failed', error: { reason: 'interrupted', values: {} } })
        .where(and(eq(tables.syncRun.status, 'running'), lt(tables.syncRun.heartbeatAt, new Date(Date.now() - 60_000))))
    },
    async applyTargeted(targets) {
      if (runs.failWith)
        throw runs.failWith
      runs.targeted.push(targets)
      return { runId: undefined, unread: { userids: new Map([...runs.unread].filter(([userid]) => targets.userids.includes(userid))), deptIds: new Set() } }
    },
  }
  return runs
}

/** How a run ends that {@link recordRuns} began. */
export async function endRun(database: Database, id: string, status: 'succeeded' | 'failed' | 'cancelled', error: object | null = null): Promise<void> {
  await database.db.update(tables.syncRun).set({ status, error, finishedAt: new Date() }).where(eq(tables.syncRun.id, id))
}

export interface FreshInstance {
  fresh: Fresh
  runs: RecordedRuns
  settings: SyncSettings
  /** Where DingTalk pushes to. */
  pushUrl: string
  stop: () => Promise<void>
}

interface Options {
  sandbox: Sandbox
  database: Database
  runs?: RecordedRuns
  settings?: Partial<SyncSettings>
  channel?: 'off' | 'stream' | 'http'
  timings?: Partial<FreshTimings>
}

/** Keeping fresh as the server composes it, with a database, a sandbox and its own push address, but recorded runs. */
export async function startFresh({
  sandbox,
  database,
  runs = recordRuns(database),
  settings,
  channel = 'off',
  timings,
}: Options): Promise<FreshInstance> {
  const { platformUrl, app } = sandbox
  const credentials = async () => ({ corpId: app.corpId, clientId: app.clientId, clientSecret: app.clientSecret, agentId: String(app.agentId) })
  const dingtalk = createDingTalk({ hosts: { api: platformUrl, oapi: platformUrl, login: platformUrl }, credentials, logger: log })
  const current: SyncSettings = { ...structuredClone(defaultSettings), ...settings }
  const fresh = createFresh({
    db: database.db,
    engine: database.engine,
    dingtalk,
    credentials,
    sealer: createSealer('a secret key that is only used by tests'),
    readSettings: async () => current,
    runs,
    env: {},
    log,
    timings: { pollMs: 50, gatherMs: 100, ...timings },
  })
  if (channel !== 'off')
    await fresh.changeEventSettings({ channel, ...eventKeys }, 'tester', '127.0.0.1')
  await fresh.start()

  const http = createServer(express().use(requestLog(log), fresh.pushRouter(), errorHandler()))
  await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve))
  return {
    fresh,
    runs,
    settings: current,
    pushUrl: `http://127.0.0.1:${(http.address() as AddressInfo).port}/dingtalk/events`,
    async stop() {
      await fresh.stop()
      await dingtalk.close()
      http.closeAllConnections()
      await new Promise<void>(resolve => http.close(() => resolve()))
    },
  }
}
