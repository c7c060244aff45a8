import type { Request, Response } from 'express'
import type { Logger } from 'pino'
import type { Access } from '#contract/route.ts'
import type { Locale } from './locale.ts'

/** The person behind a request, as far as every feature needs to know. */
export interface CallerAccount {
  id: string
  name: string
  role: 'admin' | 'member'
}

/** Who calls: an account's session, or a break-glass session (setup, admin:link) without an account. */
export type Caller = { kind: 'account', account: CallerAccount } | { kind: 'operator', account: null }

/** What a handler knows of its caller, by the route's `access`. */
export type CallerFor<A extends Access> = A extends 'account' | 'admin'
  ? Extract<Caller, { kind: 'account' }>
  : A extends 'operator' | 'session'
    ? Caller
    : Caller | undefined

/** Everything a handler gets besides its validated input. */
export interface RequestContext<A extends Access = Access> {
  caller: CallerFor<A>
  locale: Locale
  requestId: string
  /** The client's address, by TRUST_PROXY. */
  ip: string
  log: Logger
  /** Aborted when the client goes away. */
  signal: AbortSignal
  req: Request
  res: Response
}

/** What the name of a caller is in logs and histories. */
export function callerName(caller: Caller): string {
  return caller.kind === 'account' ? caller.account.name : 'operator'
}
