import type { Request, Response } from 'express'
import type { Logger } from 'pino'
import type { z } from 'zod'
import type { Access, RouteKey, RouteOutput, RouteParsed, RouteSpec, RouteTable } from '#contract/route.ts'
import type { RequestContext } from './context.ts'

/** A stream handler pushes events until its promise settles or `ctx.signal` aborts. */
type StreamSend<T extends RouteSpec> = (event: RouteOutput<T>) => void

export type Handler<T extends RouteSpec> = (
  input: RouteParsed<T>,
  ctx: RequestContext<T['access'] extends Access ? T['access'] : never>,
  ...rest: T extends { stream: true } ? [send: StreamSend<T>] : []
) => T extends { stream: true } ? Promise<void> : Promise<z.input<T['response']>>

export type Handlers<T extends RouteTable> = { [K in keyof T]: T[K] extends RouteSpec ? Handler<T[K]> : never }

/** A declared route with its handler; the handler's exact types were checked by {@link implement}. */
export interface BoundRoute {
  key: RouteKey
  spec: RouteSpec
  handler: (input: object, ctx: RequestContext, send?: (event: unknown) => void) => Promise<unknown>
}

/** Joins a table of declarations with one handler for each; a missing or ill-typed handler does not compile. */
export function implement<T extends RouteTable>(routes: T, handlers: Handlers<T>): BoundRoute[] {
  return Object.entries(routes).map(([key, spec]) => ({
    key: key as RouteKey,
    spec,
    handler: handlers[key as keyof T] as unknown as BoundRoute['handler'],
  }))
}

/** What turns a request into a caller; the auth feature provides it. */
export type ContextFactory = (req: Request, res: Response, access: Access) => Promise<RequestContext>

export interface RouteOptions {
  context: ContextFactory
  /** Check answers against their schema: outside production, so that drift dies in tests. */
  checkResponses: boolean
  /** Wraps every handler, a stream's from its first event to its last: the audit log does. */
  around?: <T>(route: BoundRoute, input: object, ctx: RequestContext, work: () => Promise<T>) => Promise<T>
  log: Logger
}
