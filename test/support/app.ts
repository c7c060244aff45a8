import type { AddressInfo } from 'node:net'
import type { ApiOutput } from '#contract/index.ts'
import type { Sandbox, SandboxOptions } from '../../sandbox/index.ts'
import type { Database } from '../../server/db/index.ts'
import type { Clock } from '../../server/dingtalk/index.ts'
import type { FreshTimings } from '../../server/directory/sync/index.ts'
import type { Messages } from '../../server/messages/index.ts'
import type { DeliveryTimings } from '../../server/notifications/index.ts'
import type { Client } from './client.ts'
import { createServer } from 'node:http'
import { startSandbox } from '../../sandbox/index.ts'
import { createApp } from '../../server/app.ts'
import { readEnv } from '../../server/env.ts'
import { createLogger } from '../../server/http/logger.ts'
import { createClient } from './client.ts'
import { hurriedClock } from './clock.ts'
import { freshEmbedded } from './database.ts'
import { sandboxEnv } from './process.ts'
import { until } from './until.ts'

export interface TestApp {
  url: string
  sandbox: Sandbox
  database: Database
  messages: Messages
  /** Set while nothing is configured. */
  setupToken: string | undefined
  client: () => Client
  /** Everything the server has logged, where `LOG_LEVEL` lets it. */
  log: () => string
  /** A client logged in as this member, by a JSAPI code. */
  loggedIn: (userid: string) => Promise<Client>
  /** An unused JSAPI code of this member. */
  code: (userid: string) => string
  /** A page as somebody's device shows it, `lisi-phone`; where the sandbox has its client container. */
  device: (label: string, path?: string) => string
  /** Runs a sync to its end. */
  sync: (admin: Client) => Promise<ApiOutput<'GET /api/sync/runs/:id'>>
  close: () => Promise<void>
}

interface Options {
  /** Environment variables over the defaults; an undefined one is left out. */
  env?: Record<string, string | undefined>
  sandbox?: SandboxOptions
  database?: Database
  distDir?: string
  freshTimings?: Partial<FreshTimings>
  deliveryTimings?: Partial<DeliveryTimings>
  /** A hurried one by default: pacing and pauses before a retry are seldom what a test is about. */
  dingtalkClock?: Clock
}

/** The real app on a free port with a real database, its outbound calls going to a sandbox of its own. */
export async function startApp(options: Options = {}): Promise<TestApp> {
  const http = createServer()
  await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  const { settings } = options.sandbox ?? {}
  const sandbox = await startSandbox({ h5Url: url, ...options.sandbox, settings: { ...settings, rates: { perApi: null, ...settings?.rates } } })
  const database = options.database ?? (await freshEmbedded())
  const env = readEnv({
    NODE_ENV: 'test',
    LOG_LEVEL: 'info',
    // Links in messages lead here where no PUBLIC_URL is set.
    PORT: new URL(url).port,
    SECRET_KEY: 'a secret key that is only used by tests',
    ...sandboxEnv(sandbox),
    ...options.env,
  })
  let logged = ''
  const log = createLogger(env, { write: line => void (logged += line) })
  const app = createApp({
    env,
    database,
    secretKey: env.SECRET_KEY!,
    log,
    ...(options.distDir && { distDir: options.distDir }),
    freshTimings: options.freshTimings,
    deliveryTimings: options.deliveryTimings,
    dingtalkClock: options.dingtalkClock ?? hurriedClock(),
  })
  http.on('request', app.http)
  const { setupToken } = await app.start()

  const code = (userid: string) => {
    const issued = sandbox.platform.issueLoginCode({ userid, corpId: sandbox.app.corpId })
    if (!('code' in issued))
      throw new Error(`no code for ${userid}: ${issued.errorMessage}`)
    return issued.code
  }
  return {
    url,
    sandbox,
    database,
    messages: app.messages,
    setupToken,
    log: () => logged,
    code,
    client: () => createClient(url),
    device: (label, path = '/') => `http://${label}.localhost:${new URL(sandbox.containerUrl!).port}${path}`,
    async loggedIn(userid) {
      const client = createClient(url)
      const answer = await client.post('/api/session/dingtalk', { code: code(userid) })
      if (answer.status !== 200)
        throw new Error(`${userid} could not log in: ${JSON.stringify(answer.error)}`)
      return client
    },
    async sync(admin) {
      const { body: started } = await admin.post<ApiOutput<'POST /api/sync/runs'>>('/api/sync/runs', { mode: 'apply' })
      return until(async () => {
        const { body } = await admin.get<ApiOutput<'GET /api/sync/runs/:id'>>(`/api/sync/runs/${started.id}`)
        return body.status === 'running' ? undefined : body
      })
    },
    async close() {
      await app.stop()
      http.closeAllConnections()
      await new Promise<void>(resolve => http.close(() => resolve()))
      await database.close()
      await sandbox.close()
    },
  }
}
