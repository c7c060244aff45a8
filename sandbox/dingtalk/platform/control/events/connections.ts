import type { Connection } from '../../events/stream/connection.ts'
import type { World } from '../../world/world.ts'
import { z } from 'zod'
import { ControlError } from '../respond.ts'

const commandSchema = z.strictObject({
  action: z.enum(['ping', 'disconnect', 'dead', 'drop', 'system']),
  /** Default: all of them. */
  connectionId: z.string().optional(),
  /** For `disconnect`. */
  reason: z.string().default('connection is expired'),
  /** For `system`: any topic, e.g. `KEEPALIVE`. */
  topic: z.string().default('KEEPALIVE'),
})
export type CommandInput = z.input<typeof commandSchema>

/** A copy to look at. */
export type ConnectionView = Pick<Connection, 'connectionId' | 'openedAt' | 'events' | 'state' | 'unansweredPings' | 'frames'>

export function readConnections(world: World): ConnectionView[] {
  return world.events.gateway
    .connections()
    .map(({ connectionId, openedAt, events, state, unansweredPings, frames }) => ({
      connectionId,
      openedAt,
      events,
      state,
      unansweredPings,
      frames: [...frames],
    }))
}

/** Does something to one connection or to all; answers how many there were. */
export function commandConnections(world: World, input: unknown): number {
  const { action, connectionId, reason, topic } = commandSchema.parse(input)
  const chosen = world.events.gateway.connections().filter(connection => connectionId === undefined || connection.connectionId === connectionId)
  if (connectionId !== undefined && chosen.length === 0)
    throw new ControlError(`no such connection: ${connectionId}`)
  for (const connection of chosen) {
    switch (action) {
      case 'ping':
        connection.ping()
        break
      case 'disconnect':
        connection.disconnect(reason)
        break
      case 'dead':
        connection.goDead()
        break
      case 'drop':
        connection.drop()
        break
      case 'system':
        connection.system(topic, {})
    }
  }
  return chosen.length
}
