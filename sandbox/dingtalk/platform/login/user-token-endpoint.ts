import type { Endpoint } from '../gateway/endpoint.ts'
import { z } from 'zod'
import { httpError } from '../gateway/answer.ts'
import { endpoint } from '../gateway/endpoint.ts'
import { isApp } from '../tokens/endpoints.ts'

const credentials = { clientId: z.string(), clientSecret: z.string() }

/** Browser login, second half (dingtalk-server-api §3.3): code or refresh token for a user token. */
export const userAccessToken: Endpoint = endpoint({
  family: 'new',
  method: 'POST',
  path: '/v1.0/oauth2/userAccessToken',
  auth: 'none',
  permission: 'open_app_api_base',
  input: z.discriminatedUnion('grantType', [
    z.object({ ...credentials, grantType: z.literal('authorization_code'), code: z.string() }),
    z.object({ ...credentials, grantType: z.literal('refresh_token'), refreshToken: z.string() }),
  ]),
  handle(input, { world }) {
    if (!isApp(world, input.clientId, input.clientSecret))
      throw httpError(400, 'invalidClientIdOrSecret', '无效的clientId或者clientSecret')
    const grant = input.grantType === 'authorization_code' ? world.codes.takeAuth(input.code) : world.userTokens.grantOfRefresh(input.refreshToken)
    if (grant === undefined) {
      throw input.grantType === 'authorization_code'
        ? httpError(400, 'invalidParameter.authCode.notFound', '不合法的临时授权码')
        : httpError(400, 'invalidParameter.refreshToken.notFound', '不合法的refreshToken')
    }
    const { accessToken, refreshToken, expiresInS } = world.userTokens.issue(grant)
    return { accessToken, refreshToken, expireIn: expiresInS, ...(grant.withCorpId ? { corpId: world.app.corpId } : {}) }
  },
})
