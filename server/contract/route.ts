import type { z } from 'zod'
import type { ErrorCode } from './errors.ts'

/**
 * Who may call a route: anybody; whoever is logged in; a person with a CRM account; a CRM administrator; or
 * an operator, who is an administrator or somebody holding a break-glass session (setup, admin:link).
 */
export type Access = 'public' | 'session' | 'account' | 'admin' | 'operator'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** `METHOD /path/:param`: the one name of a route on both sides. */
export type RouteKey = `${Method} /${string}`

/** One declaration validates requests, checks answers, types the client and feeds the OpenAPI document. */
export interface RouteSpec {
  summary: string
  access: Access
  params?: z.ZodType
  query?: z.ZodType
  body?: z.ZodType
  /** The body is bytes of one of these media types, at most `limit` of them; `body` then is a Uint8Array. */
  raw?: { types: readonly string[], limit: number }
  /** What is answered; `stream: true` makes it the payload of each server-sent event. */
  response: z.ZodType
  stream?: true
  status?: 200 | 201 | 202 | 204 | 302
  /** Errors beyond those every route can answer. */
  errors?: readonly ErrorCode[]
}

export type RouteTable = Record<RouteKey, RouteSpec>

/** Types a table of routes while keeping each declaration's exact schemas. */
export function defineRoutes<const T extends RouteTable>(routes: T): T {
  return routes
}

type Input<T, K extends string, Side extends 'in' | 'out'>
  = T extends Record<K, infer S extends z.ZodType> ? Record<K, Side extends 'in' ? z.input<S> : z.output<S>> : unknown

/** What a caller passes for a route: params, query and body, as declared. */
export type RouteInput<T extends RouteSpec> = Input<T, 'params', 'in'> & Input<T, 'query', 'in'> & Input<T, 'body', 'in'>

/** What a handler receives: the same after validation. */
export type RouteParsed<T extends RouteSpec> = Input<T, 'params', 'out'> & Input<T, 'query', 'out'> & Input<T, 'body', 'out'>

/** What a caller gets back. */
export type RouteOutput<T extends RouteSpec> = z.output<T['response']>
