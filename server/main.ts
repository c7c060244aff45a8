import type { AddressInfo } from 'node:net'
import process from 'node:process'
import { createApp } from './app.ts'
import { openDatabase } from './db/index.ts'
import { readEnv } from './env.ts'
import { fatal } from './fatal.ts'
import { createLogger } from './http/logger.ts'
import { loadSecretKey } from './settings/index.ts'

/** How long requests under way may take to end after a signal to stop. */
const graceMs = 10_000

async function main(): Promise<void> {
  const env = readEnv()
  const log = createLogger(env)
  const database = await openDatabase({ dataDir: env.DATA_DIR, databaseUrl: env.DATABASE_URL })
  const app = createApp({ env, database, secretKey: loadSecretKey(env), log })
  const { setupToken } = await app.start()

  const server = app.http.listen(env.PORT, env.HOST)
  await new Promise<void>((resolve, reject) => server.once('listening', resolve).once('error', reject))
  const { port } = server.address() as AddressInfo
  const address = env.PUBLIC_URL ?? `http://localhost:${port}`
  log.info({ port, address, database: database.engine }, 'listening')
  if (setupToken)
    console.log(`\nDingTalk is not connected yet. Open ${address}/setup and enter this setup token:\n\n    ${setupToken}\n`)

  let stopping = false
  const stop = async (signal: string) => {
    if (stopping)
      return
    stopping = true
    log.info({ signal }, 'stopping')
    app.drain()
    const closed = new Promise<void>(resolve => server.close(() => resolve()))
    await app.stop()
    const force = setTimeout(() => server.closeAllConnections(), graceMs)
    server.closeIdleConnections()
    await closed
    clearTimeout(force)
    await database.close()
    log.info('stopped')
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

await main().catch(fatal)
