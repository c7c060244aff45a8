import type { ChildProcess } from 'node:child_process'
import type { Sandbox } from '../../sandbox/index.ts'
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../../server/main.ts', import.meta.url))

export interface ServerProcess {
  child: ChildProcess
  /** Everything it has printed so far. */
  output: () => string
  /** Settles with its address once it listens, or rejects with its output when it ends before. */
  listening: Promise<string>
  /** Settles with the exit code when it ends. */
  ended: Promise<number | null>
}

/** What connects a server with this sandbox. */
export function sandboxEnv({ app, platformUrl }: Pick<Sandbox, 'app' | 'platformUrl'>) {
  return {
    DINGTALK_CORP_ID: app.corpId,
    DINGTALK_CLIENT_ID: app.clientId,
    DINGTALK_CLIENT_SECRET: app.clientSecret,
    DINGTALK_AGENT_ID: String(app.agentId),
    DINGTALK_API_BASE: platformUrl,
    DINGTALK_OAPI_BASE: platformUrl,
    DINGTALK_LOGIN_BASE: platformUrl,
  }
}

/** The server as an operator starts it: a process of its own, configured by nothing but its environment. */
export function spawnServer(env: Record<string, string>): ServerProcess {
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env.PATH, PORT: '0', HOST: '127.0.0.1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const ended = new Promise<number | null>(resolve => child.once('exit', code => resolve(code)))
  const listening = new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString()
      const port = /"port":(\d+)/.exec(output)?.[1]
      if (port)
        resolve(`http://127.0.0.1:${port}`)
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    void ended.then(() => reject(new Error(output)))
  })
  // Whoever only waits for the end need not care.
  listening.catch(() => {})
  return { child, output: () => output, listening, ended }
}
