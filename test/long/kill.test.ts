import type { CrmRecord } from '#contract/crm/records.ts'
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startSandbox } from '../../sandbox/index.ts'
import { createClient } from '../support/client.ts'
import { temporaryDirectory } from '../support/database.ts'
import { spawnServer } from '../support/process.ts'

const rounds = 10

/** Customers acknowledged before each kill. */
const perRound = 25

let sandbox: Awaited<ReturnType<typeof startSandbox>>
const DATA_DIR = temporaryDirectory()
beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(async () => {
  await sandbox.close()
  rmSync(DATA_DIR, { recursive: true, force: true })
})

it(`keeps what it acknowledged over ${rounds} kills in the middle of writing, and the logins too`, async () => {
  const { corpId, clientId, clientSecret, agentId } = sandbox.app
  const env = {
    DATA_DIR,
    DINGTALK_CORP_ID: corpId,
    DINGTALK_CLIENT_ID: clientId,
    DINGTALK_CLIENT_SECRET: clientSecret,
    DINGTALK_AGENT_ID: String(agentId),
    DINGTALK_API_BASE: sandbox.platformUrl,
    DINGTALK_OAPI_BASE: sandbox.platformUrl,
    DINGTALK_LOGIN_BASE: sandbox.platformUrl,
  }
  const acknowledged: string[] = []
  let cookies = new Map<string, string>()
  for (let round = 0; round <= rounds; round++) {
    const server = spawnServer(env)
    try {
      const client = createClient(await server.listening)
      cookies.forEach((value, name) => client.cookies.set(name, value))
      if (round === 0)
        await client.post('/api/session/dingtalk', { code: sandbox.platform.control.code({ userid: 'zhangsan' }) })
      cookies = client.cookies
      for (const id of acknowledged)
        expect((await client.get<CrmRecord>(`/api/crm/customers/${id}`)).status, id).toBe(200)
      if (round === rounds)
        return
      for (let i = 0; i < perRound; i++) {
        const { status, body } = await client.post<CrmRecord>('/api/crm/customers', { values: { name: `第 ${round} 轮 ${i}` } })
        expect(status).toBe(201)
        acknowledged.push(body.id)
      }
      // One more is on its way when the process dies; it may be there afterwards or not.
      void client.post('/api/crm/customers', { values: { name: `途中 ${round}` } }).catch(() => {})
    }
    finally {
      server.child.kill('SIGKILL')
      await server.ended
    }
  }
})
