import type { Delivery } from '../../events/event.ts'
import type { World } from '../../world/world.ts'
import type { CommandInput, ConnectionView } from './connections.ts'
import type { BurstInput, EmitInput, ReleaseInput } from './emit.ts'
import type { SubscriptionInput } from './subscription.ts'
import { commandConnections, readConnections } from './connections.ts'
import { burst, emit, release } from './emit.ts'
import { saveSubscription } from './subscription.ts'

/** Events for tests in the same process; each function is one path below `/__sandbox/events`. */
export interface EventControl {
  /** Saves the subscription as in the console; rejects with the code of DingTalk when `check_url` fails. */
  subscribe: (input: SubscriptionInput) => Promise<void>
  /** Deliveries with all attempts, newest last. The objects go on changing while attempts are made. */
  log: () => Delivery[]
  clear: () => void
  /** Sends events by hand. */
  emit: (...events: EmitInput[]) => Delivery[]
  burst: (input: BurstInput) => Delivery[]
  /** Keeps events back until `release`, which can turn their order round. */
  hold: () => void
  release: (input?: ReleaseInput) => number
  connections: () => ConnectionView[]
  command: (input: CommandInput) => number
}

export function createEventControl(world: World): EventControl {
  return {
    subscribe: input => saveSubscription(world, input),
    log: () => world.events.log.list(),
    clear: () => world.events.log.clear(),
    emit: (...events) => emit(world, events),
    burst: input => burst(world, input),
    hold: () => world.events.hold(),
    release: input => release(world, input ?? {}),
    connections: () => readConnections(world),
    command: input => commandConnections(world, input),
  }
}
