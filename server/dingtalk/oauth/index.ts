import type { Caller } from '../calls/caller.ts'
import type { Contacts } from '../contacts/index.ts'
import type { DingTalkCredentials, DingTalkHosts } from '../options.ts'
import type { AuthorizeRequest } from './authorize-url.ts'
import { z } from 'zod'
import { DingTalkError, notConfigured } from '../errors/dingtalk-error.ts'
import { optionalText } from '../shapes.ts'
import { authorizeUrl } from './authorize-url.ts'

/** The person who came through the browser login. */
export interface OAuthIdentity {
  userid: string
  unionid: string
  /** `external` = an external contact of the company: not staff. */
  contactType: 'internal' | 'external'
  nick?: string
  /** Only with the permission 个人手机号信息. */
  mobile?: string
  /** Only when the page was asked with `withCorp`. */
  corpId?: string
}

/**
 * Browser login. The scope is plain `openid`, the form the homepage URL of the administrator's manual uses:
 * internal apps admit members of their own company only (dingtalk-server-api §3.1), and getbyunionid with our own app
 * token proves the membership anyway, so the extra company choice of `openid corpid` buys nothing. When an answer does
 * carry a corpId, it must be ours.
 */
export interface OAuth {
  /** Throws `not_configured`. */
  authorizeUrl: (request: AuthorizeRequest) => Promise<string>
  /**
   * authCode → user token → profile → userid: three calls at login priority. The code is one-time and never sent twice unless
   * DingTalk certainly did not look at it. Throws DingTalkError: invalidParameter.authCode.notFound (stale),
   * `corp_mismatch`, 60121 (not a member of this company), …
   */
  exchangeAuthCode: (authCode: string, signal?: AbortSignal) => Promise<OAuthIdentity>
}

export interface OAuthParts {
  call: Caller
  contacts: Pick<Contacts, 'getByUnionid'>
  credentials: () => Promise<DingTalkCredentials | undefined>
  hosts: DingTalkHosts
  timeoutMs: number
}

const tokenApi = '/v1.0/oauth2/userAccessToken'
const meApi = '/v1.0/contact/users/me'

const userToken = z.object({ accessToken: z.string().min(1), corpId: optionalText })
const profile = z.object({ unionId: z.string().min(1), nick: optionalText, mobile: optionalText })

/** The browser login of dingtalk-server-api §3. */
export function createOAuth({ call, contacts, credentials, hosts, timeoutMs }: OAuthParts): OAuth {
  async function configured(api: string): Promise<DingTalkCredentials> {
    const app = await credentials()
    if (!app)
      throw notConfigured(api)
    return app
  }

  return {
    authorizeUrl: async (request) => {
      const app = await configured('/oauth2/auth')
      return authorizeUrl(hosts.login, app.clientId, app.corpId, request)
    },

    exchangeAuthCode: async (authCode, signal) => {
      const app = await configured(tokenApi)
      const common = { family: 'api', clientId: app.clientId, priority: 'login', timeoutMs, signal } as const
      const granted = await call({
        ...common,
        method: 'POST',
        api: tokenApi,
        body: { clientId: app.clientId, clientSecret: app.clientSecret, code: authCode, grantType: 'authorization_code' },
        secrets: [app.clientSecret, authCode],
        policy: 'once',
        schema: userToken,
      })
      if (granted.corpId && granted.corpId !== app.corpId) {
        throw new DingTalkError({ reason: 'corp_mismatch', api: tokenApi, httpStatus: 200, outcome: 'rejected' })
      }

      const me = await call({ ...common, method: 'GET', api: meApi, token: async () => granted.accessToken, policy: 'read', schema: profile })
      const found = await contacts.getByUnionid(me.unionId, { priority: 'login', signal })
      if (found.status === 'gone') {
        throw new DingTalkError({ reason: '60121', api: '/topapi/user/getbyunionid', httpStatus: 200, errcode: 60121, outcome: 'rejected' })
      }
      return { userid: found.userid, unionid: me.unionId, contactType: found.contactType, nick: me.nick, mobile: me.mobile, corpId: granted.corpId }
    },
  }
}
