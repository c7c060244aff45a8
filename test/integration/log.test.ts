import type { AddressInfo } from 'node:net'
import type { Database, Db } from '../../server/db/index.ts'
import { once } from 'node:events'
import { sql } from 'drizzle-orm'
import express from 'express'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tables, withoutValues } from '../../server/db/index.ts'
import { AppError } from '../../server/http/app-error.ts'
import { errorHandler } from '../../server/http/error-handler.ts'
import { createLogger, requestLog } from '../../server/http/logger.ts'
import { engines } from '../support/engines.ts'

const secret = 'the-secret-of-zhangsan'

/** Queries that fail, each with the secret where Postgres or the driver repeats it. */
const queries: Array<[what: string, run: (db: Db) => Promise<unknown>, says: string]> = [
  ['a value that is there already', async (db) => {
    const setting = { key: secret, value: 'x' }
    await db.insert(tables.setting).values(setting).onConflictDoNothing()
    return db.insert(tables.setting).values(setting)
  }, 'duplicate key'],
  ['a value of another type', db => db.execute(sql`select ${secret}::uuid`), 'invalid input syntax for type uuid'],
  ['a value that is no JSON', db => db.execute(sql`select ${secret}::text::jsonb`), 'invalid input syntax for type json'],
  ['a table that is not there', db => db.execute(sql`select * from nowhere where name = ${secret}`), 'does not exist'],
]

describe.each(engines)('the log of queries that fail on $engine', ({ open }) => {
  let database: Database
  beforeAll(async () => void (database = await open()))
  afterAll(() => database.close())

  async function failing(run: (db: Db) => Promise<unknown>): Promise<unknown> {
    return run(database.db).then(() => expect.unreachable(), (error: unknown) => error)
  }

  function logTo() {
    const lines: string[] = []
    return { lines, log: createLogger({ LOG_LEVEL: 'debug' }, { write: line => void lines.push(line) }) }
  }

  it.each(queries)('tells what happened and where, and no value: %s', async (_, run, says) => {
    const { lines, log } = logTo()
    const error = await failing(run)
    expect(String((error as Error).message)).toContain(secret)
    log.warn({ err: error }, 'failed')
    log.warn({ err: new Error('could not be told', { cause: error }) }, 'failed')
    log.warn({ err: new AggregateError([error], 'several') }, 'failed')
    log.child({ part: 'x' }).warn({ cause: error }, 'refused')
    expect(lines).toHaveLength(4)
    for (const line of lines) {
      expect(line).not.toContain(secret)
      expect(line).toContain(says)
      expect(line).toContain('log.test.ts')
    }
    expect((error as Error).message, 'the error itself stays').toContain(secret)
    expect(withoutValues(error)).toBeInstanceOf(Error)
  })

  it.each(queries)('the same where a request fails: %s', async (_, run, says) => {
    const { lines, log } = logTo()
    const http = express()
    http.use(requestLog(log))
    http.get('/unknown', async () => void (await run(database.db)))
    http.get('/known', async () => {
      throw new AppError('unavailable', { cause: await failing(run) })
    })
    // What fails after the headers are sent ends in Express's own hands.
    http.get('/late', async (_req, res) => {
      res.err = await failing(run) as Error
      res.status(500).end()
    })
    http.use(errorHandler())
    const server = http.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const statuses = []
    for (const path of ['unknown', 'known', 'late'])
      statuses.push((await fetch(`http://127.0.0.1:${port}/${path}`)).status)
    await new Promise(resolve => server.close(resolve))
    expect(statuses).toEqual([500, 503, 500])
    expect(lines.filter(line => line.includes(says))).toHaveLength(3)
    expect(lines.join('')).not.toContain(secret)
  })
})
