import { spawn } from 'node:child_process'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { readEnv as readSandboxEnv } from '../sandbox/env.ts'
import { startSandbox } from '../sandbox/index.ts'
import { readEnv } from '../server/env.ts'
import { buildIfStale } from './build-if-stale.ts'
import { cordysHint, startDemoCordys } from './demo-cordys.ts'
import { fillDemo } from './fill-demo.ts'
import { requireNode } from './require-node.ts'
import { untilReady } from './until-ready.ts'

/**
 * `npm start`: the demo. Builds the H5, starts the sandbox (a DingTalk with a sample company) and the
 * server on embedded Postgres, synchronises the organisation and fills in sample customers.
 */
requireNode()
buildIfStale()

const ports = readSandboxEnv()
const withCordys = process.env.CRM === 'cordys' && !process.env.CORDYS_URL
const cordysUrl = process.env.CORDYS_URL ?? `http://127.0.0.1:${ports.CORDYS_PORT}`
const own = readEnv({
  ...process.env,
  CORDYS_URL: cordysUrl,
  DATA_DIR: process.env.DATA_DIR ?? (process.env.CRM === 'cordys' ? 'data/demo-cordys' : 'data/demo'),
})
const crm = `http://127.0.0.1:${own.PORT}`
const sandbox = await startSandbox({
  platformPort: ports.SANDBOX_PORT,
  containerPort: ports.CONTAINER_PORT,
  h5Url: crm,
  seed: ports.SANDBOX_SEED,
  departments: ports.SANDBOX_DEPARTMENTS,
  members: ports.SANDBOX_MEMBERS,
  withContainer: true,
})
const cordys = withCordys ? await startDemoCordys(sandbox, ports.CORDYS_PORT) : undefined

const server = spawn(process.execPath, [fileURLToPath(new URL('../server/main.ts', import.meta.url))], {
  stdio: 'inherit',
  env: {
    LOG_LEVEL: 'warn',
    ...process.env,
    DATA_DIR: own.DATA_DIR,
    DINGTALK_CORP_ID: sandbox.app.corpId,
    DINGTALK_CLIENT_ID: sandbox.app.clientId,
    DINGTALK_CLIENT_SECRET: sandbox.app.clientSecret,
    DINGTALK_AGENT_ID: String(sandbox.app.agentId),
    DINGTALK_API_BASE: sandbox.platformUrl,
    DINGTALK_OAPI_BASE: sandbox.platformUrl,
    DINGTALK_LOGIN_BASE: sandbox.platformUrl,
    ...(own.CRM === 'cordys' && { CORDYS_URL: cordysUrl }),
  },
})

let stopping = false
async function stop(code: number): Promise<void> {
  if (stopping)
    return
  stopping = true
  server.kill('SIGTERM')
  await sandbox.close()
  await cordys?.close()
  process.exitCode = code
}
process.once('SIGINT', () => stop(0))
process.once('SIGTERM', () => stop(0))
const ended = new Promise<number>(resolve => server.once('exit', code => resolve(code ?? 1)))
void ended.then(code => stop(code))

if (await untilReady(`${crm}/readyz`, ended)) {
  await fillDemo(crm, sandbox.platform).catch(async (error: unknown) => {
    console.error(error)
    await stop(1)
    await ended
    process.exit(1)
  })
  console.log(`
  The demo is running. Stop it with Ctrl+C.

    DingTalk workbench (choose an employee)   ${sandbox.containerUrl}
    the CRM itself, in a browser              http://localhost:${own.PORT}
    the sandbox platform                      ${sandbox.platformUrl}${cordys ? cordysHint(cordys.url) : ''}
`)
}
