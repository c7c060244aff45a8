import type { Request, Response } from 'express'
import type { Session } from '../auth/sessions.ts'
import type { CordysUser } from '../organization/company.ts'
import type { World } from '../world.ts'

/** One call, after the filters: who calls, and with what. */
export interface Call {
  world: World
  user: CordysUser
  session: Session
  body: Record<string, unknown>
  /** The body when it is a list of ids. */
  ids: string[]
  params: Record<string, string>
  query: Record<string, unknown>
  request: Request
  response: Response
}

/** `R`: any of these by Shiro's annotation. `C`: by Cordys's own. They differ in the code of the refusal only. */
export type Guard = { R: string[] } | { C: string }

export interface Endpoint {
  method: 'GET' | 'POST'
  path: string
  /** None: any logged-in user. */
  guard?: Guard
  handle: (call: Call) => unknown
}

export function get(path: string, handle: Endpoint['handle'], guard?: Guard): Endpoint {
  return { method: 'GET', path, handle, ...(guard && { guard }) }
}

export function post(path: string, handle: Endpoint['handle'], guard?: Guard): Endpoint {
  return { method: 'POST', path, handle, ...(guard && { guard }) }
}
