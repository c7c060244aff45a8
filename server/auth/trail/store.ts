import type { ClientFailure } from '#contract/client-failures.ts'
import type { loginWays } from '#contract/people/logins.ts'
import type { Db } from '../../db/index.ts'
import type { Recording } from './recorder.ts'
import { and, eq, lt, ne } from 'drizzle-orm'
import { tables } from '../../db/index.ts'
import { AppError } from '../../http/app-error.ts'
import { randomCode } from '../../http/short-code.ts'

const { loginTrail } = tables

const day = 24 * 3600 * 1000

/** Failures are asked about weeks later; of successes, which happen with every opening, two weeks are enough. */
export const keepFailedMs = 90 * day
export const keepSucceededMs = 14 * day

/** A code read out on the phone: 31⁶ of them. */
const codeLength = 6

interface Attempt {
  way: (typeof loginWays)[number]
  ip: string
  requestId: string
  userAgent: string
  /** What it failed with; absent when it succeeded. */
  error?: unknown
  /** In place of `error`: the code of a failure that only the H5 saw. */
  failed?: ClientFailure
}

/** Keeps what a login left. @returns the short code under which it is found */
export async function saveTrail(db: Db, { startedAt, steps, known }: Recording, { way, ip, requestId, userAgent, error, failed }: Attempt): Promise<string> {
  const row = {
    way,
    result: failed ?? (error === undefined ? 'ok' : error instanceof AppError ? error.code : 'internal'),
    userid: known.userid ?? null,
    accountId: known.accountId ?? null,
    name: known.name?.slice(0, 200) ?? null,
    steps,
    ms: Math.round(performance.now() - startedAt),
    requestId,
    ip,
    userAgent: userAgent.slice(0, 300),
  }
  for (;;) {
    const code = randomCode(codeLength)
    const made = await db.insert(loginTrail).values({ ...row, code }).onConflictDoNothing().returning({ id: loginTrail.id })
    if (made.length > 0)
      return code
  }
}

/** Removes what is older than its kind is kept. */
export async function sweepTrails(db: Db): Promise<void> {
  await db.delete(loginTrail).where(lt(loginTrail.at, new Date(Date.now() - keepFailedMs)))
  await db.delete(loginTrail).where(and(eq(loginTrail.result, 'ok'), lt(loginTrail.at, new Date(Date.now() - keepSucceededMs)), ne(loginTrail.way, 'code')))
}
