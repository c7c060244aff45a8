import { isIP } from 'node:net'
import { z } from 'zod'
import { clientId } from '#contract/settings.ts'

const flag = z.enum(['true', 'false', '1', '0']).transform(value => value === 'true' || value === '1')
const port = z.coerce.number().int().min(0).max(65535)
const url = z.url({ protocol: /^https?$/ }).transform(value => value.replace(/\/+$/, ''))
const optional = z.string().trim().min(1).optional()

function trustProxy(value: string, issues: z.RefinementCtx): boolean | number | string {
  if (value === 'true' || value === 'false')
    return value === 'true'
  if (/^\d+$/.test(value))
    return Number(value)
  const unknown = value
    .split(',')
    .map(part => part.trim())
    .filter(part => !/^(?:loopback|linklocal|uniquelocal)$/.test(part) && isIP(part.split('/')[0]!) === 0)
  if (unknown.length > 0)
    issues.addIssue({ code: 'custom', message: `neither true, false, a number of hops nor an address: ${unknown.join(', ')}` })
  return value
}

/**
 * Every environment variable the server reads, in one place. `.env.example` documents them;
 * all problems are reported together by {@link readEnv}.
 */
const schema = z
  .object({
    NODE_ENV: z.enum(['development', 'test', 'production']).default('production'),
    PORT: port.default(3000),
    HOST: z.string().default('0.0.0.0'),
    /** Where users reach this server; may carry a path (`https://example.com/crm`). */
    PUBLIC_URL: url.optional(),
    DATA_DIR: z.string().min(1).default('data'),
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
    SECRET_KEY: z.string().min(32, 'at least 32 characters, for example from `openssl rand -base64 32`').optional(),
    SETUP_TOKEN: z.string().min(16, 'at least 16 characters').optional(),
    /** Express's "trust proxy": true/false, a number of hops, or addresses and networks separated by commas. */
    TRUST_PROXY: z.string().default('false').transform(trustProxy),
    COOKIE_SAMESITE: z.enum(['lax', 'strict', 'none']).default('lax'),
    LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
    METRICS_TOKEN: z.string().min(16, 'at least 16 characters').optional(),

    DINGTALK_CORP_ID: optional,
    DINGTALK_CLIENT_ID: optional,
    DINGTALK_CLIENT_SECRET: optional,
    DINGTALK_AGENT_ID: optional,
    /** How DingTalk tells about changes; like the credentials, taken over while nothing is stored. */
    DINGTALK_EVENT_CHANNEL: z.enum(['off', 'stream', 'http']).optional(),
    DINGTALK_EVENT_AES_KEY: z
      .string()
      .regex(/^[a-z\d]{43}$/i, '43 letters and digits')
      .optional(),
    DINGTALK_EVENT_TOKEN: z
      .string()
      .regex(/^[a-z\d]{3,32}$/i, '3 to 32 letters and digits')
      .optional(),
    DINGTALK_API_BASE: url.default('https://api.dingtalk.com'),
    DINGTALK_OAPI_BASE: url.default('https://oapi.dingtalk.com'),
    DINGTALK_LOGIN_BASE: url.default('https://login.dingtalk.com'),
    /** Calls a second for each DingTalk API; DingTalk allows 20, or 60 with the paid package (dingtalk-server-api §9.1). */
    DINGTALK_RATE_PER_API: z.coerce.number().min(1).max(60).default(15),
    /** Calls a second over all DingTalk APIs together, where an account is counted that way. */
    DINGTALK_RATE_PER_APP: z.coerce.number().min(1).max(600).optional(),

    CRM: z.enum(['embedded', 'cordys']).default('embedded'),
    /** The Cordys CRM server behind CRM=cordys, as this server reaches it. */
    CORDYS_URL: url.optional(),
    /**
     * Connecting to Cordys by DingTalk's login instead of a password: `auto` offers it once a connected person's
     * session has shown that Cordys admits people by the same DingTalk app.
     */
    CORDYS_SSO: z.enum(['auto', 'on', 'off']).default('auto'),
    HTTPS_PROXY: optional,
    NO_PROXY: optional,
    /** Turned off by tests that check a broken contract on purpose. */
    CHECK_RESPONSES: flag.optional(),
  })
  .superRefine((env, issues) => {
    if (env.DATABASE_URL && !env.SECRET_KEY) {
      issues.addIssue({
        code: 'custom',
        path: ['SECRET_KEY'],
        message: 'is required with DATABASE_URL: it encrypts the stored secrets, and every instance needs the same one',
      })
    }
    if (env.CRM === 'cordys' && !env.CORDYS_URL)
      issues.addIssue({ code: 'custom', path: ['CORDYS_URL'], message: 'is required with CRM=cordys: the address of the Cordys CRM server' })
    for (const name of ['DINGTALK_EVENT_AES_KEY', 'DINGTALK_EVENT_TOKEN'] as const) {
      if (env.DINGTALK_EVENT_CHANNEL === 'http' && !env[name])
        issues.addIssue({ code: 'custom', path: [name], message: 'is required with DINGTALK_EVENT_CHANNEL=http' })
    }
    const credentials = [env.DINGTALK_CORP_ID, env.DINGTALK_CLIENT_ID, env.DINGTALK_CLIENT_SECRET]
    if (credentials.some(Boolean) && !credentials.every(Boolean)) {
      issues.addIssue({
        code: 'custom',
        path: ['DINGTALK_CORP_ID'],
        message: 'DINGTALK_CORP_ID, DINGTALK_CLIENT_ID and DINGTALK_CLIENT_SECRET belong together',
      })
    }
    // It is public, so a secret that stands there by mistake must stop the start; its value is not repeated.
    if (env.DINGTALK_CLIENT_ID !== undefined && !clientId.safeParse(env.DINGTALK_CLIENT_ID).success)
      issues.addIssue({ code: 'custom', path: ['DINGTALK_CLIENT_ID'], message: 'is no Client ID: it starts with "ding", followed by letters and digits (not the CorpId, AgentId or Client Secret)' })
    if (env.COOKIE_SAMESITE === 'none' && !env.PUBLIC_URL?.startsWith('https:')) {
      issues.addIssue({ code: 'custom', path: ['COOKIE_SAMESITE'], message: '"none" needs a PUBLIC_URL with https' })
    }
  })

export type Env = z.infer<typeof schema>

export class EnvError extends Error {
  override name = 'EnvError'
}

/**
 * Parses the environment. Empty variables count as absent.
 * @throws {EnvError} whose message lists every problem, a line each
 */
export function readEnv(source: Record<string, string | undefined> = process.env): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value?.trim()))
  const parsed = schema.safeParse(given)
  if (parsed.success)
    return parsed.data
  throw new EnvError(parsed.error.issues.map(issue => `${issue.path.join('.') || 'environment'}: ${issue.message}`).join('\n'))
}
