import type { Delivery, EventContext, EventDraft, EventStyle, LiveContext } from './event.ts'
import type { ParkedEvents } from './http/parked.ts'
import type { DeliveryLog } from './log.ts'
import type { Gateway } from './stream/gateway.ts'
import { createAlarms } from '../world/alarms.ts'
import { opaque } from '../world/ids.ts'
import { createHttpChannel } from './http/channel.ts'
import { createParkedEvents } from './http/parked.ts'
import { createDeliveryLog } from './log.ts'
import { createStreamChannel } from './stream/channel.ts'
import { createGateway } from './stream/gateway.ts'

export interface Events {
  log: DeliveryLog
  /** Given up by the http channel, to be fetched by the app. */
  parked: ParkedEvents
  /** The stream's connections. */
  gateway: Gateway
  /** Something happened: sent when the app subscribes to it, forgotten otherwise. */
  publish: (drafts: readonly EventDraft[]) => void
  /** Sends an event whether it is ticked or not; undefined when there is no subscription. */
  emit: (draft: EventDraft, style: EventStyle) => Delivery[] | undefined
  /** Keeps what comes back until `release`. */
  hold: () => void
  /** Sends what was kept, in this order; answers how many deliveries that were. */
  release: (arrange: (held: Delivery[]) => Delivery[]) => number
  /** Ends connections, retries and pushes under way; nothing is sent afterwards. */
  close: () => void
}

/** The event subscription of the app: one log, and the two channels an app can choose from (dingtalk-server-api §7). */
export function createEvents(context: EventContext): Events {
  const closing = new AbortController()
  const live: LiveContext = { ...context, alarms: createAlarms(context.clock), closed: closing.signal }
  const log = createDeliveryLog()
  const parked = createParkedEvents(live)
  const gateway = createGateway(live)
  const channels = { http: createHttpChannel(live, parked), stream: createStreamChannel(live, gateway) }
  let held: Delivery[] | undefined

  function start(delivery: Delivery): void {
    delivery.state = 'pending'
    channels[delivery.channel](delivery)
  }
  function emit(draft: EventDraft, style: EventStyle): Delivery[] | undefined {
    const settings = context.settings()
    const { channel } = settings
    if (channel === 'off')
      return undefined
    const event = {
      ...draft,
      eventId: style.eventId ?? opaque(),
      bornAt: style.bornAt ?? context.clock.now(),
      oldKeys: style.oldKeys ?? settings.oldKeys,
      withoutEventId: style.withoutEventId ?? settings.withoutEventId,
    }
    const deliveries = Array.from({ length: style.copies ?? settings.copies }, (): Delivery => ({ ...event, channel, state: 'held', attempts: [] }))
    for (const delivery of deliveries) {
      log.record(delivery)
      if (held === undefined)
        start(delivery)
      else held.push(delivery)
    }
    return deliveries
  }
  return {
    log,
    parked,
    gateway,
    publish(drafts) {
      const { types } = context.settings()
      for (const draft of drafts) {
        if (types === null || types.includes(draft.type))
          emit(draft, {})
      }
    },
    emit,
    hold: () => {
      held ??= []
    },
    release(arrange) {
      const kept = arrange(held ?? [])
      held = undefined
      kept.forEach(start)
      return kept.length
    },
    close() {
      closing.abort()
      live.alarms.close()
      gateway.close()
    },
  }
}
