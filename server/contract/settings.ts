import { z } from 'zod'
import { line } from './common.ts'
import { defineRoutes } from './route.ts'
import { session } from './session.ts'

/** Pasted values lose their surrounding spaces; full-width digits and letters become plain ones. */
function pasted(max: number) {
  return z
    .string()
    .transform(value => value.normalize('NFKC').trim())
    .pipe(line(max))
}

const corpId = pasted(128).pipe(z.string().regex(/^ding[\da-z]+$/i, { error: 'corp_id_format' }))
/**
 * A Client ID is public: it stands in the login page's address, in `GET /api/bootstrap` and in the audit log. So what is
 * as long as a secret gets no further. Its own form is not documented (`ding…`, in other kinds of apps other prefixes),
 * so nothing else is refused.
 */
export const clientId = pasted(128).pipe(
  z
    .string()
    .refine(value => !/^\d+$/.test(value), { error: 'client_id_is_agent_id', abort: true })
    .refine(value => !/^ding[\da-f]{30,}$/i.test(value), { error: 'client_id_is_corp_id', abort: true })
    .refine(value => !/^[\w-]{40,}$/.test(value), { error: 'client_id_is_secret', abort: true })
    .regex(/^[\w-]{4,}$/, { error: 'client_id_format' }),
)
const clientSecret = pasted(256).pipe(
  z
    .string()
    .refine(value => !/^ding[\da-z]{12,40}$/i.test(value), { error: 'client_secret_is_id', abort: true })
    .regex(/^[\x21-\x7E]{8,}$/, { error: 'client_secret_format' }),
)
const agentId = pasted(32).pipe(z.string().regex(/^\d{3,}$/, { error: 'agent_id_format' }))

export const dingtalkCredentials = z.object({ corpId, clientId, clientSecret, agentId })

/** What may be used of the connection. The organisation sync's switch is in its own settings. */
export const switches = z.object({
  /** Silently, inside DingTalk's client. */
  loginInDingTalk: z.boolean(),
  /** With DingTalk's OAuth page. */
  loginInBrowser: z.boolean(),
  /** Work notifications. */
  notifications: z.boolean(),
})
export type Switches = z.infer<typeof switches>

/**
 * What the administrator has been told and wants all the same: the company changes, DingTalk refused the credentials
 * when they were tried before saving, or the only way left to log in has never been seen to work.
 */
const confirmed = z.array(z.enum(['corp', 'connection', 'login'])).max(3).default([])

export const dingtalkSettings = z.object({
  corpId: z.string().nullable(),
  clientId: z.string().nullable(),
  agentId: z.string().nullable(),
  /** The secret itself never leaves the server. */
  clientSecretSet: z.boolean(),
  /** One is stored, but sealed with another SECRET_KEY: it has to be entered again. */
  clientSecretLost: z.boolean(),
  updatedAt: z.iso.datetime().nullable(),
  updatedBy: z.string().nullable(),
  /** Main administrators always become CRM administrators; these may as well (dingtalk-server-api §2.2). */
  subAdminsAreAdmins: z.boolean(),
  bossIsAdmin: z.boolean(),
  ...switches.shape,
  /** Names of fields whose environment variable differs from what is stored; the stored value counts. */
  environmentDiffers: z.array(z.enum(['corpId', 'clientId', 'clientSecret', 'agentId'])),
  /** What an administrator pastes into DingTalk's console. */
  addresses: z.object({ homepage: z.string(), redirectUrl: z.string(), publicUrlIsHttps: z.boolean() }),
})
export type DingTalkSettings = z.infer<typeof dingtalkSettings>

export const settingsRoutes = defineRoutes({
  'POST /api/setup': {
    summary: 'Enter the DingTalk credentials for the first time, with the setup token printed at start',
    access: 'public',
    body: dingtalkCredentials.extend({ setupToken: z.string().max(200), confirmed }),
    response: session,
    status: 201,
    errors: ['setup_done', 'setup_token_invalid', 'connection_refused', 'rate_limited'],
  },
  'GET /api/settings/dingtalk': { summary: 'The DingTalk settings, without secrets', access: 'operator', response: dingtalkSettings },
  'PUT /api/settings/dingtalk': {
    summary: 'Change the DingTalk settings; an absent secret, rule or switch keeps the stored one. New credentials are tried first',
    access: 'operator',
    body: z.object({
      corpId,
      clientId,
      agentId,
      clientSecret: clientSecret.optional(),
      subAdminsAreAdmins: z.boolean().optional(),
      bossIsAdmin: z.boolean().optional(),
      ...switches.partial().shape,
      confirmed,
    }),
    response: dingtalkSettings,
    errors: ['logins_off', 'login_unproven', 'corp_change', 'connection_refused'],
  },
})
