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

export { createOnceTokens } from './once-tokens.ts'
export { safeReturnTo } from './return-to.ts'

type Given = Pick<AuthServices, 'env' | 'directory' | 'settings' | 'dingtalk' | 'publicUrl' | 'attempts' | 'metrics'> & { db: Db, secretKey: string }

const sweepMs = 3600 * 1000

/** Code → member → account → session: logins, sessions, and who a request comes from. */
export function createAuth(given: Given) {
  const { db, env, secretKey, directory, settings, dingtalk, publicUrl } = given
  const sessions = createSessions({ db })
  const cookies = createCookies(env, publicUrl)
  const onceTokens = createOnceTokens({ db })
  const services = {
    ...given,
    sessions,
    cookies,
    login: createLogin({ dingtalk, directory, settings }),
    oauth: createOAuthFlow({ dingtalk, onceTokens }),
    adminLinks: createAdminLinks({ db, secretKey, onceTokens }),
  }
  return {
    ...authRoutes(services),
    context: createContextFactory({ sessions, cookies, directory }),
    endSessions: sessions.endAll,
    /** Removes expired sessions and tokens every hour until the returned function is called. */
    startSweeping(onError: (error: unknown) => void): () => void {
      const timer = setInterval(() => Promise.all([sessions.sweep(), onceTokens.sweep()]).catch(onError), sweepMs)
      timer.unref()
      return () => clearInterval(timer)
    },
  }
}
