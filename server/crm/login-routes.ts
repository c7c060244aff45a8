import type { crmLoginRoutes } from '#contract/crm/login.ts'
import type { Handlers } from '../http/route.ts'
import { AppError } from '../http/app-error.ts'

/** How people connect to a CRM that has accounts of its own. */
export type LoginRoutes = Handlers<typeof crmLoginRoutes>

/** For a CRM whose accounts are ours: there is nothing to connect to. */
export function noCrmLogin(): LoginRoutes {
  const notNeeded = async () => ({ state: 'not_needed' as const, user: null, sso: false })
  const unsupported = async (): Promise<never> => {
    throw new AppError('crm_unsupported')
  }
  return {
    'GET /api/crm/login': notNeeded,
    'POST /api/crm/login': unsupported,
    'GET /api/crm/login/sso/start': unsupported,
    'GET /api/crm/login/sso/callback': unsupported,
    'DELETE /api/crm/login': notNeeded,
  }
}
