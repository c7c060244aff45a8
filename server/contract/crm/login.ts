import { z } from 'zod'
import { defineRoutes } from '../route.ts'

/** The reader's connection to a CRM that has accounts of its own (Cordys). */
export const crmLogin = z.object({
  state: z.enum(['not_needed', 'connected', 'missing', 'ended']),
  /** Name and login in the CRM, once connected. */
  user: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** DingTalk's login may be used at the CRM as well. */
  sso: z.boolean(),
})
export type CrmLogin = z.infer<typeof crmLogin>

export const crmLoginRoutes = defineRoutes({
  'GET /api/crm/login': { summary: 'Whether the reader is connected to the CRM', access: 'account', response: crmLogin },
  'POST /api/crm/login': {
    summary: 'Connect once by the CRM\'s own password, which is not kept',
    access: 'account',
    body: z.object({ username: z.string().trim().min(1).max(255), password: z.string().min(1).max(255) }),
    response: crmLogin,
    errors: ['crm_login_refused', 'rate_limited', 'crm_unreachable', 'crm_unsupported'],
  },
  'GET /api/crm/login/sso/start': {
    summary: 'Connect by DingTalk\'s login page, where the CRM knows its members (cordys-api §2.7)',
    access: 'account',
    query: z.object({ returnTo: z.string().max(2000).optional() }),
    response: z.undefined(),
    status: 302,
    errors: ['crm_unreachable', 'crm_unsupported'],
  },
  'GET /api/crm/login/sso/callback': {
    summary: 'Where DingTalk\'s login page comes back to',
    access: 'account',
    query: z.object({ authCode: z.string().max(500).optional(), code: z.string().max(500).optional(), state: z.string().max(500) }),
    response: z.undefined(),
    status: 302,
    errors: ['oauth_state_invalid', 'crm_login_refused', 'crm_unreachable'],
  },
  'DELETE /api/crm/login': { summary: 'Disconnect; the CRM\'s session is ended', access: 'account', response: crmLogin },
})
