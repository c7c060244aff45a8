import type { RequestHandler } from 'express'
import type { World } from '../world/world.ts'
import type { AuthRequest } from './oauth-request.ts'
import { choosePage, problemPage } from './choose-page.ts'
import { readAuthRequest } from './oauth-request.ts'
import { accountHolder } from './people.ts'

function withQuery(redirectUri: string, values: Record<string, string | undefined>): string {
  const url = new URL(redirectUri)
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined)
      url.searchParams.set(name, value)
  }
  return url.href
}

/** Where the browser goes for this choice; undefined for a person nobody knows. */
function callbackUrl(world: World, request: AuthRequest, choice: string): string | undefined {
  if (choice === 'refuse')
    return withQuery(request.redirectUri, { error: 'access_denied', state: request.state })
  const person = accountHolder(world, choice)
  if (person === undefined)
    return undefined
  const code = world.codes.issueAuth({ userid: person.userid, unionid: person.unionid, withCorpId: request.withCorpId })
  // Both names carry the same value (dingtalk-server-api §3.2).
  return withQuery(request.redirectUri, { code, authCode: code, state: request.state })
}

/** `GET /oauth2/auth`: checks the request, lets somebody choose who they are, and sends the browser back. */
export function oauthPage(world: World): RequestHandler {
  return (request, response) => {
    const checked = readAuthRequest(world, request.query)
    const query = new URL(request.originalUrl, 'http://sandbox').searchParams
    const choice = query.get('refuse') !== null ? 'refuse' : (query.get('loginAs') ?? world.settings.oauthAutoChoice)
    const problem = 'problem' in checked ? checked.problem : undefined
    const target = 'problem' in checked || choice === null ? undefined : callbackUrl(world, checked, choice)
    const unknown = choice !== null && target === undefined ? `找不到该用户：${choice}` : undefined
    const status = target !== undefined ? 302 : (problem ?? unknown) ? 400 : 200
    world.calls.record({
      at: world.clock.now(),
      method: 'GET',
      path: request.path,
      api: '/oauth2/auth',
      ip: '127.0.0.1',
      status,
      outcome: String(status),
      tookMs: 0,
      params: { ...request.query },
    })
    if (target !== undefined)
      response.redirect(target)
    else if (status === 400)
      response.status(400).send(problemPage(problem ?? unknown ?? ''))
    else response.send(choosePage(world, query))
  }
}
