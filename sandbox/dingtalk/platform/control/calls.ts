import type { LoggedCall } from '../gateway/call-log.ts'
import type { World } from '../world/world.ts'
import { z } from 'zod'

const querySchema = z.object({ api: z.string().optional(), limit: z.coerce.number().int().min(0).default(200) })

/** Counts and peak rates per API since the last clearing, and the newest calls (of one API, if named). */
export function readCalls(world: World, query: unknown): { counts: object, calls: LoggedCall[] } {
  const { api, limit } = querySchema.parse(query)
  const calls = world.calls.calls().filter(call => api === undefined || call.api === api)
  return { counts: world.calls.counts(), calls: limit === 0 ? [] : calls.slice(-limit) }
}
