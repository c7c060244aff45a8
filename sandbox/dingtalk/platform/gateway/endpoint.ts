import type { Request } from 'express'
import type { z } from 'zod'
import type { Grant } from '../tokens/user-token.ts'
import type { World } from '../world/world.ts'
import type { ApiError, Family } from './answer.ts'
import { businessError, httpError } from './answer.ts'

/** What a handler may know about the call besides its input. */
export interface Call {
  world: World
  /** Path parameters. */
  params: Record<string, string>
  /** The person behind a user token; only with `auth: 'user'`. */
  grant: Grant | undefined
  request: Request
}

export interface EndpointSpec<S extends z.ZodType> {
  family: Family
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Express path. */
  path: string
  /** `app`: the app token; `user`: a user token; `none`: credentials, if any, are in the input. */
  auth: 'app' | 'user' | 'none'
  /** Permission point that must be enabled. */
  permission?: string
  /** Counts against the monthly quota (dingtalk-server-api §9.4). */
  metered?: boolean
  input: S
  /** The refusal of bad input; by default 400002 or a 400. */
  invalid?: (issue: z.core.$ZodIssue) => ApiError
  handle: (input: z.output<S>, call: Call) => object | Promise<object>
}

/** An endpoint whose input type is forgotten, so that all of them fit in one list. */
export interface Endpoint extends Omit<EndpointSpec<z.ZodType>, 'input' | 'invalid' | 'handle'> {
  run: (raw: unknown, call: Call) => object | Promise<object>
}

function defaultInvalid(family: Family): ApiError {
  return family === 'old' ? businessError(400002, '参数错误') : httpError(400, 'invalidParameter.param.invalid', '参数错误')
}

/** Declares one API; its input is checked before `handle` sees it. */
export function endpoint<S extends z.ZodType>(spec: EndpointSpec<S>): Endpoint {
  const { input, invalid, handle, ...rest } = spec
  return {
    ...rest,
    run(raw, call) {
      const parsed = input.safeParse(raw)
      if (!parsed.success) {
        const issue = parsed.error.issues[0]
        throw issue !== undefined && invalid !== undefined ? invalid(issue) : defaultInvalid(spec.family)
      }
      return handle(parsed.data, call)
    },
  }
}
