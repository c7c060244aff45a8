import type { World } from '../world/world.ts'
import { z } from 'zod'

/** Parameters of the authorization page (dingtalk-server-api §3.1); repeated ones are refused like missing ones. */
const authSchema = z.object({
  redirect_uri: z.url({ protocol: /^https?$/ }),
  response_type: z.literal('code'),
  client_id: z.string(),
  scope: z.string(),
  prompt: z.literal('consent'),
  state: z.string().optional(),
  corpId: z.string().optional(),
})

export interface AuthRequest {
  redirectUri: string
  state: string | undefined
  withCorpId: boolean
}

/** Scheme, host and port decide; the documents name no rule, this is the sandbox's (checklist row 9). */
function isRegistered(redirectUri: string, registered: readonly string[]): boolean {
  const { origin } = new URL(redirectUri)
  return registered.some(entry => URL.canParse(entry) && new URL(entry).origin === origin)
}

/** The checked request, or the sentence the error page shows. */
export function readAuthRequest(world: World, query: unknown): AuthRequest | { problem: string } {
  const parsed = authSchema.safeParse(query)
  if (!parsed.success)
    return { problem: `参数错误：${parsed.error.issues.map(issue => issue.path.join('.')).join('、')}` }
  const { redirect_uri: redirectUri, client_id: clientId, scope, state, corpId } = parsed.data
  if (clientId !== world.app.clientId)
    return { problem: `应用不存在，client_id：${clientId}` }
  if (!isRegistered(redirectUri, world.settings.redirectUrls))
    return { problem: `50001 redirect_uri未授权：${redirectUri}` }
  const scopes = scope.split(' ')
  if (!scopes.includes('openid'))
    return { problem: `scope 不合法：${scope}` }
  const withCorpId = scopes.includes('corpid')
  // Internal apps do not log in people of other companies (§3.1).
  if (withCorpId && corpId !== undefined && corpId !== world.app.corpId)
    return { problem: `你不属于该组织，corpId：${corpId}` }
  return { redirectUri, state, withCorpId }
}
