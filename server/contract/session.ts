import { z } from 'zod'
import { clientFailures } from './client-failures.ts'
import { id, line, nothing } from './common.ts'
import { ability } from './people/rights.ts'
import { defineRoutes } from './route.ts'

export const bootstrap = z.object({
  /** False until somebody has entered the DingTalk credentials. */
  configured: z.boolean(),
  corpId: z.string().nullable(),
  clientId: z.string().nullable(),
  /** The ways in that are switched on. */
  logins: z.object({ dingtalk: z.boolean(), browser: z.boolean() }),
  crm: z.enum(['embedded', 'cordys']),
  locale: z.enum(['zh-CN', 'en-US']),
})
export type Bootstrap = z.infer<typeof bootstrap>

export const session = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('account'),
    account: z.object({
      id,
      name: z.string(),
      avatar: z.string().nullable(),
      title: z.string().nullable(),
      mobile: z.string().nullable(),
      email: z.string().nullable(),
      departments: z.array(z.object({ id, name: z.string(), leader: z.boolean() })),
      role: z.enum(['admin', 'member']),
      /** What their roles allow with the records they see; the server checks it again. */
      abilities: z.array(ability),
    }),
  }),
  /** A break-glass session (setup, `npm run admin:link`): settings, diagnosis and synchronisation only. */
  z.object({ kind: z.literal('operator'), expiresAt: z.iso.datetime() }),
])
export type Session = z.infer<typeof session>

/** Why a login failed, in the reader's language: the error that a navigating browser was not answered with. */
export const loginProblem = z.object({
  code: z.string(),
  message: z.string(),
  help: z.string().optional(),
  requestId: z.string(),
  loginCode: z.string(),
  /** Names of the people who can help. */
  ask: z.array(z.string()),
  dingtalk: z.object({ code: z.string(), cause: z.string(), fix: z.string(), where: z.string().optional(), link: z.string().optional(), requestId: z.string().optional() }).optional(),
})
export type LoginProblem = z.infer<typeof loginProblem>

const loginErrors = [
  'not_configured',
  'login_dingtalk_off',
  'login_code_invalid',
  'login_busy',
  'login_not_visible',
  'member_unknown',
  'account_disabled',
  'wrong_corp',
  'dingtalk_rejected',
  'dingtalk_unreachable',
  'dingtalk_throttled',
  'rate_limited',
] as const

export const sessionRoutes = defineRoutes({
  'GET /api/bootstrap': { summary: 'What a client needs before anybody is logged in', access: 'public', response: bootstrap },
  'GET /api/session': { summary: 'Who is logged in', access: 'session', response: session },
  'POST /api/session/dingtalk': {
    summary: 'Log in with a JSAPI auth code; a session of somebody else on this device ends',
    access: 'public',
    body: z.object({
      code: line(512).min(1),
      corpId: line(128).optional(),
      /** Path and query the page was opened with: only a login that began at the homepage shows that the homepage is right. */
      openedAt: z.string().max(1000).optional().catch(undefined),
    }),
    response: session,
    errors: loginErrors,
  },
  'POST /api/session/failure': {
    summary: 'Report a login that failed before it reached the server; answers the short code its trail is found by',
    access: 'public',
    body: z.object({ way: z.enum(['dingtalk', 'oauth']), code: z.enum(clientFailures), detail: z.string().max(200).optional() }),
    response: z.object({ loginCode: z.string() }),
    status: 201,
    errors: ['rate_limited'],
  },
  'DELETE /api/session': { summary: 'Log out', access: 'public', response: nothing, status: 204 },
  'GET /api/session/oauth/start': {
    summary: 'Send the browser to DingTalk\'s login page',
    access: 'public',
    // A browser comes here: what does not fit is left out rather than answered with JSON.
    query: z.object({ returnTo: z.string().max(2000).optional().catch(undefined) }),
    response: nothing,
    status: 302,
    errors: ['not_configured', 'login_browser_off', 'rate_limited'],
  },
  'GET /api/session/oauth/callback': {
    summary: 'Where DingTalk\'s login page sends the browser back to',
    access: 'public',
    query: z.object({
      code: z.string().max(512).optional().catch(undefined),
      authCode: z.string().max(512).optional().catch(undefined),
      state: z.string().max(512).optional().catch(undefined),
      error: z.string().max(200).optional().catch(undefined),
    }),
    response: nothing,
    status: 302,
  },
  'GET /api/session/problem': {
    summary: 'Why the login of this browser failed that ended with a redirect; null where nothing is known any more',
    access: 'public',
    response: z.object({ problem: loginProblem.nullable() }),
  },
  'POST /api/session/admin-link': {
    summary: 'Redeem a one-time link printed by `npm run admin:link`',
    access: 'public',
    body: z.object({ token: z.string().max(500) }),
    response: session,
    errors: ['admin_link_invalid', 'rate_limited'],
  },
  'POST /api/jsapi/config': {
    summary: 'Sign a page of ours for dd.config',
    access: 'account',
    body: z.object({ url: z.string().max(4000) }),
    response: z.object({ agentId: z.string(), corpId: z.string(), timeStamp: z.string(), nonceStr: z.string(), signature: z.string() }),
    errors: ['not_configured', 'dingtalk_rejected', 'dingtalk_unreachable', 'dingtalk_throttled'],
  },
  'POST /api/jsapi/verdict': {
    summary: 'Report what DingTalk\'s client said to the signature of a page',
    access: 'account',
    body: z.object({ ok: z.boolean(), code: line(64).optional(), message: z.string().max(300).optional() }),
    response: nothing,
    status: 204,
    errors: ['rate_limited'],
  },
})
