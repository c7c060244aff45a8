import { z } from 'zod'
import { id, idParams, line, page, paging, timestamp } from '../common.ts'
import { defineRoutes } from '../route.ts'

export const loginWays = ['dingtalk', 'oauth', 'code', 'admin_link'] as const

/** One call to DingTalk during a login. */
export const loginCall = z.object({
  api: z.string(),
  /** `0`, or DingTalk's error code. */
  code: z.string(),
  ms: z.int(),
  attempt: z.int(),
  /** DingTalk's own, for its support. */
  requestId: z.string().nullable(),
})

export const loginStep = z.object({
  /** settings, state, dingtalk_page, identity, administrators, account, session, code, client: see server/auth/trail. */
  step: z.string(),
  ok: z.boolean(),
  ms: z.int(),
  /** What was found, or why it failed. */
  note: z.string().nullable(),
  calls: z.array(loginCall),
})
export type LoginStep = z.infer<typeof loginStep>

export const login = z.object({
  id,
  /** The short code the person saw. */
  code: z.string(),
  at: timestamp,
  way: z.enum(loginWays),
  /** `ok`, or the error's code. */
  result: z.string(),
  /** The error in words, for whoever reads the log. */
  message: z.string().nullable(),
  help: z.string().nullable(),
  userid: z.string().nullable(),
  account: z.object({ id, name: z.string() }).nullable(),
  name: z.string().nullable(),
  ms: z.int(),
  ip: z.string(),
  userAgent: z.string(),
})
export type Login = z.infer<typeof login>

export const loginTrail = login.extend({ requestId: z.string(), steps: z.array(loginStep) })
export type LoginTrail = z.infer<typeof loginTrail>

export const loginRoutes = defineRoutes({
  'GET /api/logins': {
    summary: 'Attempts to log in, newest first; `q` is a short code, a name, a userid or an address',
    access: 'admin',
    query: paging.extend({ q: line(100).optional(), result: z.enum(['ok', 'failed']).optional(), accountId: id.optional() }),
    response: page(login),
  },
  'GET /api/logins/by-code/:code': {
    summary: 'The one attempt that a short code is of, however it is typed; also for whoever has only the emergency link, when nobody can log in',
    access: 'operator',
    params: z.object({ code: line(40) }),
    response: loginTrail,
  },
  'GET /api/logins/:id': { summary: 'One attempt with each of its steps', access: 'admin', params: idParams, response: loginTrail },
})
