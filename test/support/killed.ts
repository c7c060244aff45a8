import type { SandboxOptions } from '../../sandbox/index.ts'
import type { Client } from './client.ts'
import { rmSync } from 'node:fs'
import { startSandbox } from '../../sandbox/index.ts'
import { createClient } from './client.ts'
import { emptyServerDatabase, serverReachable, temporaryDirectory } from './database.ts'
import { sandboxEnv, spawnServer } from './process.ts'

/** Where servers that are killed keep their data: embedded always, on a Postgres server when there is one. */
export const killedEngines = [{ engine: 'embedded Postgres', server: false }, ...((await serverReachable()) ? [{ engine: 'a Postgres server', server: true }] : [])]

interface Options {
  sandbox?: SandboxOptions
  server?: boolean
  env?: Record<string, string>
}

/** A company whose server dies again and again, and what outlives it. */
export async function killed({ sandbox: options, server = false, env = {} }: Options) {
  const sandbox = await startSandbox(options)
  const database = server ? await emptyServerDatabase() : undefined
  const DATA_DIR = temporaryDirectory()
  let cookies = new Map<string, string>()

  /** Logs somebody in by a JSAPI code. */
  const login = async (client: Client, userid: string) => void (await client.post('/api/session/dingtalk', { code: sandbox.platform.control.code({ userid }) }))

  return {
    sandbox,
    login,
    /** One life of the server, ended by `kill -9` when `live` is done; the administrator stays logged in from one to the next. */
    async life(live: (client: Client, url: string) => Promise<void>): Promise<void> {
      const process = spawnServer({
        DATA_DIR,
        ...(database && { DATABASE_URL: database.url, SECRET_KEY: 'a secret key that is only used by tests' }),
        ...sandboxEnv(sandbox),
        ...env,
      })
      try {
        const url = await process.listening
        const client = createClient(url)
        cookies.forEach((value, name) => client.cookies.set(name, value))
        if (cookies.size === 0)
          await login(client, 'zhangsan')
        cookies = client.cookies
        await live(client, url)
      }
      finally {
        process.child.kill('SIGKILL')
        await process.ended
      }
    },
    async close() {
      await database?.drop()
      await sandbox.close()
      rmSync(DATA_DIR, { recursive: true, force: true })
    },
  }
}
