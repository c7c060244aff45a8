import type { ApiInput } from '#contract/index.ts'
import type { loginWays } from '#contract/people/logins.ts'
import type { Db } from '../../db/index.ts'
import type { RequestContext } from '../../http/context.ts'
import type { Locale } from '../../http/locale.ts'
import { loginRoutes as declared } from '#contract/people/logins.ts'
import { createQuota } from '../../http/attempts.ts'
import { implement } from '../../http/route.ts'
import { listLogins, readLogin } from './list.ts'
import { readProblem } from './problem.ts'
import { record, step } from './recorder.ts'
import { saveTrail, sweepTrails } from './store.ts'

export { know, noteElsewhere, noteLoginCall, step } from './recorder.ts'

/**
 * Failures that one address may have written down in a minute: strangers must not fill the database, while a whole
 * office behind one address has to get its short codes.
 */
const failuresKept = 300

/** The same for what a browser only says of itself. */
const reportsKept = 30

/** Where a login's short code waits for the answer to be written (http/error-handler.ts, the redirect of the browser login). */
const place = 'loginCode'

/** A browser's words on one line, without what could disturb whoever reads them. */
const plainLine = (text: string) => text.replace(/[\p{C}\s]+/gu, ' ').trim()

type ClientReport = ApiInput<'POST /api/session/failure'>['body']

/** The diagnostic trail of every login: each step, its duration, DingTalk's request ids; and the short code that finds it. */
export function createTrails({ db }: { db: Db }) {
  const quota = createQuota(failuresKept)
  const reports = createQuota(reportsKept)

  return {
    /**
     * Runs a login, keeps its trail, and leaves the short code of a failed one for the answer. What turns out to be no
     * login (`isLogin`) leaves no trail.
     */
    async follow<T>(
      way: (typeof loginWays)[number],
      { ip, requestId, req, res, log }: RequestContext,
      work: () => Promise<T>,
      isLogin: (result: T) => boolean = () => true,
    ): Promise<T> {
      const { recording, outcome } = await record(work)
      const attempt = { way, ip, requestId, userAgent: req.headers['user-agent'] ?? '' }
      // The trail serves the login; it must never be what breaks it.
      const keep = (error?: unknown) =>
        saveTrail(db, recording, { ...attempt, ...(error !== undefined && { error }) }).catch((cause: unknown) => {
          log.error({ err: cause }, 'a login trail could not be kept')
          return undefined
        })
      if (outcome.ok) {
        if (isLogin(outcome.value))
          await keep()
        return outcome.value
      }
      if (await quota.check(ip).then(() => true, () => false)) {
        await quota.take(ip)
        res.locals[place] = await keep(outcome.error)
      }
      throw outcome.error
    },

    /**
     * Keeps a failure that only the H5 saw, in its own words. @returns the short code
     * @throws {AppError} rate_limited
     */
    async report({ way, code, detail }: ClientReport, { ip, requestId, req }: RequestContext): Promise<string> {
      await reports.check(ip)
      await reports.take(ip)
      const { recording } = await record(() => step('client', async () => {}))
      for (const own of recording.steps)
        Object.assign(own, { ok: false, note: plainLine(detail ?? '') || code })
      return saveTrail(db, recording, { way, ip, requestId, userAgent: req.headers['user-agent'] ?? '', failed: code })
    },

    /** The short code of the login that this request failed at. */
    codeOf: ({ res }: Pick<RequestContext, 'res'>): string | undefined => res.locals[place] as string | undefined,

    /** What the login with this short code failed at, for the person it failed for. */
    problemOf: (loginCode: string, locale: Locale, administrators: () => Promise<string[]>) => readProblem(db, loginCode, locale, administrators),

    routes: implement(declared, {
      'GET /api/logins': ({ query }, { locale }) => listLogins(db, query, locale),
      'GET /api/logins/:id': ({ params }, { locale }) => readLogin(db, { id: params.id }, locale),
      'GET /api/logins/by-code/:code': ({ params }, { locale }) => readLogin(db, { code: params.code }, locale),
    }),
    sweep: () => sweepTrails(db),
  }
}

export type Trails = ReturnType<typeof createTrails>
