import type { loginWays } from '#contract/people/logins.ts'
import type { Db } from '../../db/index.ts'
import type { RequestContext } from '../../http/context.ts'
import { loginRoutes as declared } from '#contract/people/logins.ts'
import { createQuota } from '../../http/attempts.ts'
import { implement } from '../../http/route.ts'
import { listLogins, readLogin } from './list.ts'
import { record } from './recorder.ts'
import { saveTrail, sweepTrails } from './store.ts'

export { know, noteElsewhere, noteLoginCall, step } from './recorder.ts'

/** Failures that one address may have written down in a minute: strangers must not fill the database. */
const failuresKept = 60

/** Where a login's short code waits for the answer to be written (http/error-handler.ts, the redirect of the browser login). */
const place = 'loginCode'

/** The diagnostic trail of every login: each step, its duration, DingTalk's request ids; and the short code that finds it. */
export function createTrails({ db }: { db: Db }) {
  const quota = createQuota(failuresKept)

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

    /** The short code of the login that this request failed at. */
    codeOf: ({ res }: Pick<RequestContext, 'res'>): string | undefined => res.locals[place] as string | undefined,

    routes: implement(declared, {
      'GET /api/logins': ({ query }, { locale }) => listLogins(db, query, locale),
      'GET /api/logins/:id': ({ params }, { locale }) => readLogin(db, params.id, locale),
    }),
    sweep: () => sweepTrails(db),
  }
}

export type Trails = ReturnType<typeof createTrails>
