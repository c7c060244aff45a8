import type { ApiOutput } from '#contract/index.ts'
import type { Sandbox } from '../../sandbox/index.ts'
import type { Client } from '../support/client.ts'
import type { ServerProcess } from '../support/process.ts'
import { rmSync } from 'node:fs'
import pg from 'pg'
import { afterEach, describe, expect, it } from 'vitest'
import { startSandbox } from '../../sandbox/index.ts'
import { createClient } from '../support/client.ts'
import { emptyServerDatabase, serverReachable, temporaryDirectory } from '../support/database.ts'
import { sandboxEnv, spawnServer } from '../support/process.ts'
import { shown, truth } from '../support/truth.ts'
import { until } from '../support/until.ts'

type Run = ApiOutput<'GET /api/sync/runs/:id'>

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

async function company(): Promise<Sandbox> {
  const sandbox = await startSandbox({ settings: { rates: { perApi: null } } })
  cleanups.push(() => sandbox.close())
  return sandbox
}

/** The server as a process on this data, and an administrator logged in to it. */
async function start(sandbox: Sandbox, data: { DATA_DIR: string, DATABASE_URL?: string }): Promise<{ server: ServerProcess, admin: Client }> {
  const server = spawnServer({
    ...data,
    SECRET_KEY: 'a secret key that all instances share',
    ...sandboxEnv(sandbox),
  })
  cleanups.push(async () => {
    server.child.kill('SIGKILL')
    await server.ended
  })
  const admin = createClient(await server.listening)
  expect((await admin.post('/api/session/dingtalk', { code: sandbox.platform.control.code({ userid: 'zhangsan' }) })).status).toBe(200)
  return { server, admin }
}

function directory(): string {
  const dataDir = temporaryDirectory()
  cleanups.push(() => rmSync(dataDir, { recursive: true, force: true }))
  return dataDir
}

const begin = async (admin: Client) => (await admin.post<Run>('/api/sync/runs', { mode: 'apply' })).body
const read = async (admin: Client, id: string) => (await admin.get<Run>(`/api/sync/runs/${id}`)).body
function ended(admin: Client, id: string) {
  return until(async () => {
    const run = await read(admin, id)
    return run.status === 'running' ? undefined : run
  })
}
async function departments(admin: Client) {
  return (await admin.get<ApiOutput<'GET /api/directory/departments'>>('/api/directory/departments')).body.departments.length
}
const people = async (admin: Client) => (await admin.get<ApiOutput<'GET /api/directory/accounts'>>('/api/directory/accounts')).body.total

describe('a sync whose process is killed', () => {
  it.each(['crawl', 'apply'] as const)(
    'has done all or nothing when that happens from the phase %s on',
    async (phase) => {
      const sandbox = await company()
      const data = { DATA_DIR: directory() }
      const first = await start(sandbox, data)
      const { id } = await begin(first.admin)
      const phases = ['scope', 'crawl', 'confirm', 'plan', 'apply', 'done']
      await until(async () => phases.indexOf((await read(first.admin, id)).phase) >= phases.indexOf(phase) || undefined)
      first.server.child.kill('SIGKILL')
      await first.server.ended

      const { admin } = await start(sandbox, data)
      const run = await read(admin, id)
      expect(run.status).toBe(run.counts === null ? 'failed' : 'succeeded')
      expect(await departments(admin)).toBe(run.status === 'succeeded' ? 12 : 0)
      expect(await people(admin)).toBe(run.status === 'succeeded' ? 160 : 1)
      expect(await ended(admin, (await begin(admin)).id)).toMatchObject({ status: 'succeeded' })
      expect(await people(admin)).toBe(160)
    },
    60_000,
  )

  it('in the middle of writing has done nothing, and another instance goes on', async ({ skip }) => {
    if (!(await serverReachable()))
      skip('no Postgres server')
    const { url: DATABASE_URL, drop } = await emptyServerDatabase()
    cleanups.push(drop)
    const sandbox = await company()
    const data = { DATABASE_URL, DATA_DIR: directory() }
    const [one, two] = [await start(sandbox, data), await start(sandbox, data)]
    expect(await ended(one.admin, (await begin(one.admin)).id)).toMatchObject({ status: 'succeeded', counts: { departmentsCreated: 12 } })
    const before = await shown(two.admin)
    const { control } = sandbox.platform
    control.mutate(
      { op: 'removeMember', userid: 'zhaoliu' },
      { op: 'addDepartment', department: { deptId: 7001, name: '新部门', parentId: 1 } },
      { op: 'addMember', member: { userid: 'xinren', name: '新人', deptIds: [7001] } },
      { op: 'moveMember', userid: 'sunqi', deptIds: [7001] },
    )
    // Departments are written first, then accounts: whoever holds these keeps the sync in between.
    const blocker = new pg.Client({ connectionString: DATABASE_URL })
    await blocker.connect()
    cleanups.push(() => blocker.end())
    await blocker.query('begin; lock table account_department in share row exclusive mode')
    const { id } = await begin(one.admin)
    await until(
      async () =>
        (await blocker.query<{ waiting: number }>('select count(*)::int as waiting from pg_locks where not granted')).rows[0]!.waiting > 0
        || undefined,
    )
    expect((await two.admin.post('/api/sync/runs', { mode: 'apply' })).error).toMatchObject({ code: 'sync_running' })
    one.server.child.kill('SIGKILL')
    await one.server.ended
    await blocker.query('rollback')

    // Its heartbeat would be missed after a minute.
    await until(
      async () =>
        (await blocker.query(`update sync_run set heartbeat_at = now() - interval '2 minutes' where id = '${id}' and status = 'running'`))
          .rowCount === 1 || undefined,
    )
    expect(await shown(two.admin)).toEqual(before)
    expect(await ended(two.admin, (await begin(two.admin)).id)).toMatchObject({ status: 'succeeded', counts: { departmentsCreated: 1, accountsDisabled: 1 } })
    expect(await read(two.admin, id)).toMatchObject({ status: 'failed' })
    expect(await shown(two.admin)).toEqual(truth(sandbox))
  }, 60_000)

  it('runs once when two instances start one at the same moment', async ({ skip }) => {
    if (!(await serverReachable()))
      skip('no Postgres server')
    const { url: DATABASE_URL, drop } = await emptyServerDatabase()
    cleanups.push(drop)
    const sandbox = await company()
    const data = { DATABASE_URL, DATA_DIR: directory() }
    const instances = await Promise.all([start(sandbox, data), start(sandbox, data)])
    const answers = await Promise.all(instances.map(({ admin }) => admin.post<Run>('/api/sync/runs', { mode: 'apply' })))
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409])
    const winner = answers.find(({ status }) => status === 202)!.body
    // Either instance tells how it goes.
    for (const { admin } of instances) expect(await ended(admin, winner.id)).toMatchObject({ status: 'succeeded', counts: { accountsCreated: 159 } })
  }, 60_000)
})
