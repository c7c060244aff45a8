import type { Delivery } from '../../events/event.ts'
import type { World } from '../../world/world.ts'
import { z } from 'zod'

const querySchema = z.object({ type: z.string().optional(), eventId: z.string().optional(), limit: z.coerce.number().int().min(0).default(200) })

/** The subscription, counts by state, and the newest deliveries (of one type or event, if named). */
export function readEvents(world: World, query: unknown): { subscription: object, counts: object, events: Delivery[] } {
  const { type, eventId, limit } = querySchema.parse(query)
  const { channel, url, types } = world.settings.events
  const events = world.events.log
    .list()
    .filter(event => (type === undefined || event.type === type) && (eventId === undefined || event.eventId === eventId))
  return {
    subscription: { channel, ...(channel === 'http' ? { url } : {}), types },
    counts: world.events.log.counts(),
    events: limit === 0 ? [] : events.slice(-limit),
  }
}
