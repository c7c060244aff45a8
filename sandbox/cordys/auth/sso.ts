import type { Request, Response } from 'express'
import type { DingTalkConfig } from '../settings.ts'
import type { World } from '../world.ts'
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { business, refusedLogin } from '../http/envelope.ts'
import { opened } from './login.ts'

const flows = new Set(['qr-wecom', 'qr-ding-talk', 'wecom', 'ding-talk', 'lark', 'lark-mobile', 'github'])
const stateMs = 10 * 60 * 1000
const badState = 'OAuth state 缺失、无效、已过期或已被使用'

/** `GET /sso/callback/oauth/state/{flow}`: a state kept in a session of its own (cordys-api §2.7). */
export function oauthState(world: World, flow: string, request: Request, response: Response): string {
  if (!flows.has(flow))
    throw business('不支持的登录方式')
  const session = world.sessions.find(request.get('X-AUTH-TOKEN')) ?? world.sessions.open()
  const state = `${flow}.${randomBytes(32).toString('base64url')}`
  session.states.set(state, world.now())
  // At most ten are pending; the oldest gives way.
  if (session.states.size > 10)
    session.states.delete([...session.states.keys()][0]!)
  response.set('X-AUTH-TOKEN', session.id)
  response.append('Set-Cookie', `CORDYS_OAUTH_SESSION=${Buffer.from(session.id).toString('base64')}; HttpOnly; SameSite=Lax; Path=/`)
  return state
}

/** `GET /sso/callback/oauth/ding-talk`: the code becomes a person, asked at DingTalk by Cordys itself. */
export async function dingTalkCallback(world: World, request: Request, response: Response) {
  const { code, state } = request.query
  const cookie = /CORDYS_OAUTH_SESSION=([^;]+)/.exec(request.get('Cookie') ?? '')?.[1]
  const sessionId = cookie ? Buffer.from(cookie, 'base64').toString() : request.get('X-AUTH-TOKEN')
  const session = world.sessions.find(sessionId)
  const made = session?.states.get(String(state))
  session?.states.delete(String(state))
  if (!session || made === undefined || world.now() - made > stateMs || !String(state).startsWith('ding-talk.'))
    throw business(badState)

  const config = world.settings.dingtalk
  if (!config)
    throw business('当前类型应用未配置')
  if (!config.startEnable || !config.verify)
    throw business('应用被禁用')
  const userid = await useridOf(config, String(code))
  const user = [...world.users.values()].find(({ resourceUserId }) => resourceUserId !== null && resourceUserId === userid)
  if (!user)
    throw refusedLogin('用户不存在')
  if (!user.enable)
    throw refusedLogin('用户被禁用')
  // The login gives the session another id.
  world.sessions.end(session.id)
  return opened(world, user, world.sessions.open(user.id), response)
}

async function useridOf(config: DingTalkConfig, code: string): Promise<string> {
  const { accessToken } = await ask(`${config.apiBase}/v1.0/oauth2/userAccessToken`, z.object({ accessToken: z.string() }), {
    body: { clientId: config.agentId, clientSecret: config.appSecret, code, grantType: 'authorization_code' },
  })
  const me = await ask(`${config.apiBase}/v1.0/contact/users/me`, z.object({ unionId: z.string() }), { token: accessToken })
  const app = await ask(`${config.oapiBase}/gettoken?appkey=${config.agentId}&appsecret=${config.appSecret}`, z.object({ access_token: z.string() }))
  const found = await ask(
    `${config.oapiBase}/topapi/user/getbyunionid?access_token=${app.access_token}`,
    z.object({ result: z.object({ userid: z.string() }) }),
    { body: { unionid: me.unionId } },
  )
  return found.result.userid
}

async function ask<T>(url: string, schema: z.ZodType<T>, { body, token }: { body?: object, token?: string } = {}): Promise<T> {
  const reply = await fetch(url, {
    method: body ? 'POST' : 'GET',
    headers: { ...(body && { 'content-type': 'application/json' }), ...(token && { 'x-acs-dingtalk-access-token': token }) },
    ...(body && { body: JSON.stringify(body) }),
  })
  const parsed = schema.safeParse(await reply.json())
  if (!parsed.success)
    throw business('第三方平台认证失败')
  return parsed.data
}
