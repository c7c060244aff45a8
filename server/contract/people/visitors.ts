import { z } from 'zod'
import { line, paragraph } from '../common.ts'
import { defineRoutes } from '../route.ts'
import { session } from '../session.ts'
import { visitor } from './accounts.ts'

/** For members whom DingTalk has just vouched for and who have no account; a cookie of the failed login says who they are. */
export const visitorRoutes = defineRoutes({
  'GET /api/session/visitor': {
    summary: 'Who the failed login found, and whether they have asked for access',
    access: 'public',
    response: z.object({ visitor: visitor.nullable() }),
  },
  'POST /api/session/access-request': {
    summary: 'Ask the administrators for access; asking again changes nothing',
    access: 'public',
    body: z.object({ note: paragraph(300).default('') }),
    response: z.object({ visitor }),
    status: 201,
    errors: ['visitor_unknown', 'rate_limited'],
  },
  'POST /api/session/bind-code': {
    summary: 'Bind oneself to an account with a one-time code from an administrator, and log in',
    access: 'public',
    body: z.object({ code: line(40) }),
    response: session,
    errors: ['visitor_unknown', 'bind_code_invalid', 'account_bound', 'rate_limited'],
  },
})
