import type { SandboxApp } from '../../types.ts'
import type { Alarms } from '../world/alarms.ts'
import type { Clock } from '../world/clock.ts'
import type { EventSettings } from '../world/event-settings.ts'

/** What happened, before DingTalk gave it an id: type and event-specific fields (dingtalk-server-api §7.3). */
export interface EventDraft {
  type: string
  fields: Record<string, unknown>
}

/** How an event is sent, when it differs from the settings. */
export interface EventStyle {
  eventId?: string | undefined
  /** Milliseconds, sandbox clock. */
  bornAt?: number | undefined
  copies?: number | undefined
  oldKeys?: boolean | undefined
  withoutEventId?: boolean | undefined
}

/** One try to deliver, as DingTalk saw it. */
export interface Attempt {
  /** Milliseconds, sandbox clock. */
  at: number
  outcome: 'waiting' | 'success' | 'later' | 'timeout' | 'bad-ack' | 'no-connection' | 'unreachable' | 'bad-status' | 'bad-reply'
  /** Real milliseconds until the answer. */
  tookMs?: number
  /** http: status of the answer. */
  status?: number
  /** The decrypted reply, the ack's data, or what was wrong. */
  reply?: string
  connectionId?: string
  messageId?: string
  /** stream: acknowledged after the deadline, in vain. */
  late?: true
}

/** An event on its way to the app. Copies of an event are deliveries of their own with the same eventId. */
export interface Delivery extends EventDraft {
  eventId: string
  bornAt: number
  oldKeys: boolean
  withoutEventId: boolean
  channel: 'http' | 'stream'
  /** `parked` can (or could) be fetched afterwards; `lost` is gone. */
  state: 'held' | 'pending' | 'done' | 'parked' | 'lost'
  attempts: Attempt[]
}

/** What the parts of the event subscription need of the world. */
export interface EventContext {
  clock: Clock
  settings: () => EventSettings
  app: () => SandboxApp
}

/** The same inside one subscription: until it is closed. */
export interface LiveContext extends EventContext {
  alarms: Alarms
  closed: AbortSignal
}
