import type { Delivery } from '../../events/event.ts'
import type { World } from '../../world/world.ts'
import express from 'express'
import { control } from '../respond.ts'
import { commandConnections, readConnections } from './connections.ts'
import { burst, emit, release } from './emit.ts'
import { readEvents } from './read.ts'
import { saveSubscription } from './subscription.ts'

function ids(deliveries: Delivery[]): { eventIds: string[] } {
  return { eventIds: [...new Set(deliveries.map(({ eventId }) => eventId))] }
}

/** Below `/__sandbox/events`. */
export function eventRoutes(world: World): express.Router {
  const router = express.Router()
  router.get(
    '/',
    control(({ query }) => readEvents(world, query)),
  )
  router.delete(
    '/',
    control(() => world.events.log.clear()),
  )
  router.post(
    '/subscription',
    control(({ body }) => saveSubscription(world, body)),
  )
  router.post(
    '/emit',
    control(({ body }) => ids(emit(world, body))),
  )
  router.post(
    '/burst',
    control(({ body }) => ids(burst(world, body))),
  )
  router.post(
    '/hold',
    control(() => world.events.hold()),
  )
  router.post(
    '/release',
    control(({ body }) => ({ released: release(world, body) })),
  )
  router.get(
    '/connections',
    control(() => ({ connections: readConnections(world) })),
  )
  router.post(
    '/connections',
    control(({ body }) => ({ connections: commandConnections(world, body) })),
  )
  return router
}
