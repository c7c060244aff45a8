import type { Session } from '#contract/session.ts'
import { rmSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { startSandbox } from '../../sandbox/index.ts'
import { createClient } from '../support/client.ts'
import { emptyServerDatabase, serverReachable, temporaryDirectory } from '../support/database.ts'
import { sandboxEnv, spawnServer } from '../support/process.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

function start(env: Record<string, string>) {
  const server = spawnServer(env)
  cleanups.push(async () => {
    server.child.kill('SIGKILL')
    await server.ended
  })
  return server
}

function directory(): string {
  const dataDir = temporaryDirectory()
  cleanups.push(() => rmSync(dataDir, { recursive: true, force: true }))
  return dataDir
}

describe('the server as a process', () => {
  it('starts with an empty environment, prints a setup token, and stops cleanly', async () => {
    const server = start({ DATA_DIR: directory() })
    const url = await server.listening
    expect((await fetch(`${url}/readyz`)).status).toBe(200)
    expect(server.output()).toMatch(/setup token:\s+\S{20,}/)
    server.child.kill('SIGTERM')
    expect(await server.ended).toBe(0)
  })

  it('stops with one list of everything wrong in the environment', async () => {
    const server = start({ DATA_DIR: directory(), PORT: 'eighty', LOG_LEVEL: 'loud' })
    expect(await server.ended).toBe(1)
    expect(server.output()).toMatch(/PORT:[\s\S]*LOG_LEVEL:/)
    expect(server.output()).not.toMatch(/\bat .*:\d+:\d+/)
  })

  it('refuses a second process on its data, which goes on undisturbed, also after a kill', async () => {
    const DATA_DIR = directory()
    const first = start({ DATA_DIR })
    const url = await first.listening
    const second = start({ DATA_DIR })
    expect(await second.ended).toBe(1)
    expect(second.output()).toContain('in use by another process')
    expect((await fetch(`${url}/readyz`)).status).toBe(200)

    first.child.kill('SIGKILL')
    await first.ended
    expect((await fetch(`${await start({ DATA_DIR }).listening}/readyz`)).status).toBe(200)
  })

  it('runs as two instances on one Postgres server that start together and share logins', async ({ skip }) => {
    if (!(await serverReachable()))
      skip('no Postgres server')
    const { url: DATABASE_URL, drop } = await emptyServerDatabase()
    cleanups.push(drop)
    const sandbox = await startSandbox()
    cleanups.push(() => sandbox.close())
    const env = {
      DATABASE_URL,
      SECRET_KEY: 'a secret key that both instances share',
      DATA_DIR: directory(),
      ...sandboxEnv(sandbox),
    }
    const [one, two] = await Promise.all([start(env).listening, start(env).listening])
    const client = createClient(one)
    expect((await client.post('/api/session/dingtalk', { code: sandbox.platform.control.code({ userid: 'zhangsan' }) })).status).toBe(200)

    const other = createClient(two)
    client.cookies.forEach((value, name) => other.cookies.set(name, value))
    expect((await other.get<Session>('/api/session')).body).toMatchObject({ account: { role: 'admin' } })
    await other.delete('/api/session')
    expect((await client.get('/api/session')).status).toBe(401)
  })
})
