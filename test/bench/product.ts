import type { ApiOutput } from '#contract/index.ts'
import type { Sandbox, SandboxOptions } from '../../sandbox/index.ts'
import type { Client } from '../support/client.ts'
import type { Scope } from './scope.ts'
import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { startSandbox } from '../../sandbox/index.ts'
import { untilReady } from '../../scripts/until-ready.ts'
import { createClient } from '../support/client.ts'
import { sandboxEnv } from '../support/process.ts'

const main = fileURLToPath(new URL('../../server/main.ts', import.meta.url))

export interface Product {
  url: string
  /** Of the server's process as it runs now. */
  pid: () => number
  sandbox: Sandbox
  /** An unused JSAPI code of this member. */
  code: (userid: string) => string
  loggedIn: (userid: string) => Promise<Client>
  /** Stops the server and starts it again on the same data, with nothing in its memory. */
  restart: (env?: Record<string, string>) => Promise<void>
}

interface Options {
  sandbox?: SandboxOptions
  env?: Record<string, string>
}

/**
 * The server as an operator runs it: a process of its own, in production mode, its log going to a file. The
 * sandbox stays in this process, so that its work is not counted as the server's.
 */
export async function startProduct(scope: Scope, options: Options = {}): Promise<Product> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const sandbox = await startSandbox({ h5Url: url, ...options.sandbox })
  scope.defer(() => sandbox.close())
  const dataDir = scope.directory()
  let stop = async () => {}
  let pid = 0
  scope.defer(() => stop())

  async function start(env: Record<string, string>): Promise<void> {
    const logFile = join(dataDir, 'server.log')
    const log = openSync(logFile, 'a')
    const child = spawn(process.execPath, [main], {
      stdio: ['ignore', log, log],
      env: {
        PATH: process.env.PATH,
        PORT: String(port),
        HOST: '127.0.0.1',
        DATA_DIR: join(dataDir, 'data'),
        SECRET_KEY: 'a secret key that is only used by benches',
        ...sandboxEnv(sandbox),
        ...options.env,
        ...env,
      },
    })
    closeSync(log)
    pid = child.pid ?? 0
    const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
    const kill = () => void child.kill('SIGTERM')
    // Even when this process ends in the middle of a start.
    process.once('exit', kill)
    stop = async () => {
      process.off('exit', kill)
      kill()
      await ended
    }
    if (!(await untilReady(`${url}/readyz`, ended)))
      throw new Error(`the server did not start:\n${readFileSync(logFile, 'utf8')}`)
  }
  await start({})

  const code = (userid: string) => {
    const issued = sandbox.platform.issueLoginCode({ userid, corpId: sandbox.app.corpId })
    if (!('code' in issued))
      throw new Error(`no code for ${userid}: ${issued.errorMessage}`)
    return issued.code
  }
  return {
    url,
    pid: () => pid,
    sandbox,
    code,
    async loggedIn(userid) {
      const client = createClient(url)
      const answer = await client.post<ApiOutput<'POST /api/session/dingtalk'>>('/api/session/dingtalk', { code: code(userid) })
      if (answer.status !== 200)
        throw new Error(`${userid} could not log in: ${answer.error?.message}`)
      return client
    },
    async restart(env = {}) {
      await stop()
      await start(env)
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise<void>(resolve => server.close(() => resolve()))
  if (address === null || typeof address === 'string')
    throw new Error('no free port')
  return address.port
}
