import type { Db } from '../db/index.ts'
import type { AuthServices } from './routes.ts'
import { createAdminLinks } from './admin-links.ts'
import { createContextFactory } from './context.ts'
import { createCookies } from './cookies.ts'
import { createLogin } from './login.ts'
import { createOAuthFlow } from './oauth-flow.ts'
import { createOnceTokens } from './once-tokens.ts'
import { authRoutes } from './routes.ts'
import { createSessions } from './sessions.ts'
import { createTrails } from './trail/index.ts'
import { visitorRoutes } from './visitors/routes.ts'
import { createVisitors } from './visitors/store.ts'

export { createOnceTokens } from './once-tokens.ts'

export { safeReturnTo } from './return-to.ts'
export { noteLoginCall } from './trail/index.ts'

type Given = Pick<AuthServices, 'env' | 'directory' | 'settings' | 'sightings' | 'dingtalk' | 'publicUrl' | 'attempts' | 'metrics'> & { db: Db, secretKey: string }

const sweepMs = 3600 * 1000

/** Code → member → account → session: logins, sessions, and who a request comes from. */
export function createAuth(given: Given) {
  const { db, env, secretKey, directory, settings, dingtalk, publicUrl } = given
  const sessions = createSessions({ db })
  const cookies = createCookies(env, publicUrl)
  const onceTokens = createOnceTokens({ db })
  const trails = createTrails({ db })
  const visitors = createVisitors({ db })
  const services = {
    ...given,
    sessions,
    cookies,
    trails,
    visitors,
    login: createLogin({ dingtalk, directory, settings }),
    oauth: createOAuthFlow({ dingtalk, onceTokens }),
    adminLinks: createAdminLinks({ db, secretKey, onceTokens }),
  }
  const { routes, openSession, openOperatorSession } = authRoutes(services)
  return {
    routes: [...routes, ...trails.routes],
    openOperatorSession,
    /** What members without an account can do; `people` answers them. */
    visitorRoutes: (people: Parameters<typeof visitorRoutes>[0]['people']) => visitorRoutes({ people, visitors, cookies, trails, openSession }),
    context: createContextFactory({ sessions, cookies, directory }),
    endSessions: sessions.endAll,
    /** Removes expired sessions, tokens and trails, and what `others` remove, every hour until the returned function is called. */
    startSweeping(onError: (error: unknown) => void, ...others: Array<() => Promise<void>>): () => void {
      const sweeps = [sessions.sweep, onceTokens.sweep, visitors.sweep, trails.sweep, ...others]
      const timer = setInterval(() => Promise.all(sweeps.map(sweep => sweep())).catch(onError), sweepMs)
      timer.unref()
      return () => clearInterval(timer)
    },
  }
}
