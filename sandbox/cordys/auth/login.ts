import type { Request, Response } from 'express'
import type { CordysUser } from '../organization/company.ts'
import type { World } from '../world.ts'
import type { Session } from './sessions.ts'
import { business, invalid, refusedLogin } from '../http/envelope.ts'
import { md5 } from '../organization/company.ts'
import { sessionUser } from './session-user.ts'

const mobile = /miniprogram|MicroMessenger|Android|iOS|Mobile|MQQBrowser|iPhone|iPad|ipod/

/** Hands out a session as a login does: in the body, in a header, and as a cookie for previews. */
export function opened(world: World, user: CordysUser, session: Session, response: Response) {
  response.set('X-AUTH-TOKEN', session.id)
  response.append('Set-Cookie', `F_A_TOKEN=${Buffer.from(`sealed:${session.id}`).toString('base64')}; HttpOnly; Path=/`)
  return sessionUser(world, user, session)
}

/** `POST /login` (cordys-api §2.1). */
export function login(world: World, request: Request, response: Response) {
  const body = (request.body ?? {}) as Record<string, unknown>
  const blank = ['username', 'password', 'platform'].filter(name => typeof body[name] !== 'string' || body[name] === '')
  if (blank.length > 0)
    throw invalid(Object.fromEntries(blank.map(name => [name, '不能为空'])))

  const name = world.loginKey.decrypt(String(body.username))
  const password = world.loginKey.decrypt(String(body.password))
  if (name === undefined || password === undefined)
    throw business('解密失败')
  const user = [...world.users.values()].find(({ id, phone, email }) => name !== '' && [id, phone, email].includes(name))
  if (!user || user.passwordMd5 !== md5(password))
    throw refusedLogin('用户名或密码不正确')
  if (!user.enable)
    throw refusedLogin('用户被禁用')

  const present = world.sessions.find(request.get('X-AUTH-TOKEN'))
  if (present?.userId !== undefined && present.userId !== user.id)
    throw business('please log out the current user')
  return opened(world, user, world.sessions.open(user.id), response)
}

/** A phone's user agent needs a platform that is switched on (cordys-api §2.2). */
export function refuseMobile(world: World, request: Request): void {
  if (mobile.test(request.get('User-Agent') ?? '') && !world.settings.dingtalk?.startEnable)
    throw refusedLogin('未配置认证信息')
}

/** `GET /is-login`: who the token stands for, or null. */
export function isLogin(world: World, request: Request) {
  refuseMobile(world, request)
  const session = world.sessions.find(request.get('X-AUTH-TOKEN'))
  const user = world.users.get(session?.userId ?? '')
  return session && user ? sessionUser(world, user, session) : null
}

export function logout(world: World, request: Request): string {
  world.sessions.end(request.get('X-AUTH-TOKEN') ?? '')
  return 'logout success'
}
