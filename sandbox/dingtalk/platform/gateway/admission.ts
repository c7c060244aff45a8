import type { Grant } from '../tokens/user-token.ts'
import type { World } from '../world/world.ts'
import type { Endpoint } from './endpoint.ts'
import type { RawInput } from './input.ts'
import { ApiError } from './answer.ts'
import { isListed } from './ip.ts'
import { burstClosed, ipNotListed, permissionMissing, quotaUsedUp, tokenInvalid, tokenMissing, tooFast, userTokenExpired } from './refusals.ts'

/** The body an IP ban answers with: no errcode, perhaps not even JSON (dingtalk-server-api §9.1, §9.3). */
export function checkIpBan(world: World, ip: string): void {
  if (world.limits.ipBan(ip) === undefined)
    return
  const html = world.settings.rates.ipBan?.body === 'html'
  throw new ApiError({
    status: 200,
    contentType: html ? 'text/html; charset=utf-8' : 'application/json',
    body: html
      ? '<!doctype html><html><head><title>访问受限</title></head><body><h1>405</h1><p>很抱歉，由于您访问的频率过高，您的访问被阻断。</p></body></html>'
      : { status: 1111, wait: 5, source: 'x5', punish: 'deny', uuid: world.clock.now().toString(16) },
    outcome: 'ip-ban',
  })
}

function userGrant(world: World, token: string): Grant {
  const grant = world.userTokens.grantOf(token)
  if (grant !== undefined)
    return grant
  if (world.userTokens.wasIssued(token))
    throw userTokenExpired()
  // An app token where a user token is wanted looks like a missing permission (§3.4).
  if (world.appTokens.isValid(token))
    throw permissionMissing('new', 'Contact.User.Read', world.app.clientId)
  throw tokenInvalid('new')
}

/** Checks token, egress IP, permission point, rates and quota, in this order; throws the refusal of the first that fails. */
export function admit(world: World, endpoint: Endpoint, input: RawInput, headerToken: string | undefined, ip: string): Grant | undefined {
  const { family, path } = endpoint
  const clientId = world.app.clientId
  let grant: Grant | undefined
  if (endpoint.auth !== 'none') {
    const token = family === 'old' ? (input.query.access_token ?? input.form.access_token) : headerToken
    if (token === undefined || token === '')
      throw tokenMissing(family)
    if (endpoint.auth === 'user')
      grant = userGrant(world, token)
    else if (!world.appTokens.isValid(token))
      throw tokenInvalid(family)
    // Whether token endpoints look at the list is not documented; here they do not.
    if (!isListed(ip, world.settings.ipAllowList))
      throw ipNotListed(family, ip, clientId)
  }
  if (endpoint.permission !== undefined && !world.settings.permissions.includes(endpoint.permission))
    throw permissionMissing(family, endpoint.permission, clientId)
  const burst = world.limits.burst(path)
  if (burst !== undefined)
    throw burstClosed(family, path, { ...burst, limit: world.settings.rates.burst?.limit ?? 0 })
  if (!world.limits.rate(path))
    throw tooFast(family)
  if (endpoint.metered === true && !world.limits.quota())
    throw quotaUsedUp(family)
  return grant
}
