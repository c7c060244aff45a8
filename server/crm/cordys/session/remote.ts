import type { Locale } from '../../../http/locale.ts'
import type { CordysAnswer, CordysClient, Credentials } from '../transport/client.ts'
import type { HttpReply } from '../transport/request.ts'
import type { SessionUser } from './user.ts'
import { z } from 'zod'
import { CordysError } from '../errors.ts'
import { encryptForLogin } from './rsa.ts'
import { sessionUser } from './user.ts'

/** A session that has just begun. */
export interface Opened {
  user: SessionUser
  credentials: Credentials
}

const thirdParty = z.looseObject({ config: z.looseObject({ agentId: z.string().nullish(), startEnable: z.boolean().nullish() }).nullish() })

const tokenOf = ({ headers }: HttpReply) => z.string().min(1).safeParse(headers['x-auth-token']).data

/** The last one used, where the person is still in it: calls for another one are refused (cordys-api §1.4). */
function organizationOf({ lastOrganizationId, organizationIds }: SessionUser): string | null {
  const isMember = lastOrganizationId && (!organizationIds?.length || organizationIds.includes(lastOrganizationId))
  return isMember ? lastOrganizationId : (organizationIds?.[0] ?? null)
}

/** Cordys's own login endpoints (cordys-api §2). */
export function createRemoteLogin(client: CordysClient) {
  /** The body names the session, and so does a header; without either it is still the one that was asked with. */
  function opened(api: string, { data, reply }: CordysAnswer<SessionUser>, asked?: string): Opened {
    const sessionId = data.sessionId || tokenOf(reply) || asked
    if (!sessionId)
      throw new CordysError('unexpected', { api, status: reply.status, cause: 'no session id' })
    return { user: data, credentials: { sessionId, csrfToken: data.csrfToken, organizationId: organizationOf(data) } }
  }

  return {
    /** Logs in without an `X-AUTH-TOKEN`: a live one of somebody else would be refused (rule 5). */
    async byPassword(given: { username: string, password: string }, locale: Locale): Promise<Opened> {
      const { data: key } = await client({ method: 'GET', api: '/get-key', schema: z.string().min(100), locale })
      const body = {
        username: encryptForLogin(key, given.username),
        password: encryptForLogin(key, given.password),
        platform: 'WEB',
        authenticate: 'LOCAL',
      }
      return opened('/login', await client({ method: 'POST', api: '/login', body, schema: sessionUser, locale }))
    },

    /** The state of an SSO by DingTalk, and the session it waits in (§2.7). */
    async ssoState(): Promise<{ state: string, sessionId: string }> {
      const { data, reply } = await client({ method: 'GET', api: '/sso/callback/oauth/state/:flow', params: { flow: 'ding-talk' }, schema: z.string().min(10) })
      const sessionId = tokenOf(reply)
      if (!sessionId)
        throw new CordysError('unexpected', { api: '/sso/callback/oauth/state', status: reply.status, cause: 'no session id' })
      return { state: data, sessionId }
    },

    async bySso({ code, state, sessionId }: { code: string, state: string, sessionId: string }, locale: Locale): Promise<Opened> {
      const api = '/sso/callback/oauth/ding-talk'
      return opened(api, await client({
        method: 'GET',
        api,
        query: { code, state },
        headers: { 'x-auth-token': sessionId },
        schema: sessionUser,
        locale,
      }), sessionId)
    },

    /** Who the session stands for, with a fresh CSRF token; null when it is over. */
    async whoIs(credentials: Credentials): Promise<Opened | null> {
      const answer = await client({ method: 'GET', api: '/is-login', credentials, schema: sessionUser.nullish() })
      return answer.data ? opened('/is-login', { data: answer.data, reply: answer.reply }, credentials.sessionId) : null
    },

    async logout(credentials: Credentials): Promise<void> {
      await client({ method: 'GET', api: '/logout', credentials, schema: z.unknown() })
    },

    /** Whether this Cordys lets people in by that DingTalk app (its `agentId` is the Client ID, §3.2). */
    async admitsDingTalk(credentials: Credentials, clientId: string | null): Promise<boolean> {
      const { data } = await client({
        method: 'GET',
        api: '/organization/settings/third-party/get/:type',
        params: { type: 'DINGTALK' },
        credentials,
        schema: thirdParty,
      })
      return clientId !== null && data.config?.startEnable === true && data.config.agentId === clientId
    },
  }
}

export type RemoteLogin = ReturnType<typeof createRemoteLogin>
