import type { ApiOutput } from '#contract/index.ts'
import { rmSync } from 'node:fs'
import { afterEach, expect, it } from 'vitest'
import { startSandbox } from '../../sandbox/index.ts'
import { createClient } from '../support/client.ts'
import { temporaryDirectory } from '../support/database.ts'
import { eventKeys } from '../support/fresh.ts'
import { sandboxEnv, spawnServer } from '../support/process.ts'
import { until } from '../support/until.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

it('follows an event after kill -9 between storing and following', async () => {
  const sandbox = await startSandbox({ settings: { rates: { perApi: null } } })
  cleanups.push(() => sandbox.close())
  const DATA_DIR = temporaryDirectory()
  cleanups.push(() => rmSync(DATA_DIR, { recursive: true, force: true }))
  const start = () => {
    const server = spawnServer({
      DATA_DIR,
      ...sandboxEnv(sandbox),
      DINGTALK_EVENT_CHANNEL: 'http',
      DINGTALK_EVENT_AES_KEY: eventKeys.aesKey,
      DINGTALK_EVENT_TOKEN: eventKeys.token,
    })
    cleanups.push(async () => {
      server.child.kill('SIGKILL')
      await server.ended
    })
    return server
  }
  const { control } = sandbox.platform
  const login = async (url: string, userid: string) => {
    const client = createClient(url)
    const { status } = await client.post('/api/session/dingtalk', { code: control.code({ userid }) })
    return { client, status }
  }

  const first = start()
  const url = await first.listening
  const { client: admin } = await login(url, 'zhangsan')
  const { body: run } = await admin.post<ApiOutput<'POST /api/sync/runs'>>('/api/sync/runs', { mode: 'apply' })
  await until(
    async () => (await admin.get<ApiOutput<'GET /api/sync/runs/:id'>>(`/api/sync/runs/${run.id}`)).body.status === 'succeeded' || undefined,
    40_000,
  )
  const { client: leaver } = await login(url, 'lisi')

  await control.events.subscribe({ channel: 'http', url: `${url}/dingtalk/events`, ...eventKeys })
  control.faults({ path: '/topapi/v2/user/get', kind: 'hang' })
  control.mutate({ op: 'removeMember', userid: 'lisi' })
  await until(() => control.events.log().every(({ state }) => state === 'done') || undefined)
  await until(() => control.calls().some(({ path }) => path === '/topapi/v2/user/get') || undefined)
  expect((await leaver.get('/api/session')).status).toBe(200)
  first.child.kill('SIGKILL')
  await first.ended

  control.clearFaults()
  const again = createClient(await start().listening)
  leaver.cookies.forEach((value, name) => again.cookies.set(name, value))
  await until(async () => (await again.get('/api/session')).status === 401 || undefined, 40_000)
}, 120_000)
