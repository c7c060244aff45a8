import type { EventData, PlatformEvent } from './event.ts'
import { createHash } from 'node:crypto'
import { optionalText } from '../shapes.ts'
import { parseEventData } from './event-data.ts'
import { contactEvents, isContactEvent, UnreadableEventError } from './event.ts'
import { canonical } from './keys.ts'

/** An event with its channel taken off. */
export interface RawEvent {
  type: unknown
  id: unknown
  /** When it happened, as DingTalk spells it. */
  time: unknown
  corpId: unknown
  /** The event's own fields. */
  payload: Record<string, unknown>
}

/** What the event may not say itself. */
export interface Arrival {
  /** Our company. */
  corpId: string
  /** Milliseconds since 1970. */
  receivedAt: number
}

/** Makes the one shape of all channels. Throws UnreadableEventError when the event names nothing that can be acted upon. */
export function normalise(event: RawEvent, arrival: Arrival): PlatformEvent {
  const type = optionalText.safeParse(event.type).data
  if (!type)
    throw new UnreadableEventError('', 'type is missing')
  const data = dataOf(type, event.payload)
  const time = optionalText.safeParse(event.time).data
  return {
    id: optionalText.safeParse(event.id).data ?? madeUpId(type, time ?? `arrived ${arrival.receivedAt}`, data, event.payload),
    type,
    corpId: optionalText.safeParse(event.corpId).data ?? arrival.corpId,
    at: timeOf(time) ?? Math.floor(arrival.receivedAt),
    data,
    raw: event.payload,
  }
}

function dataOf(type: string, payload: Record<string, unknown>): EventData {
  const parsed = parseEventData(payload)
  if (!isContactEvent(type))
    // somebody else's fields may mean something else under the same names
    return parsed.ok ? parsed.data : {}
  if (!parsed.ok)
    throw new UnreadableEventError(type, parsed.problem)
  const needed = contactEvents[type]
  if (needed !== 'none' && !parsed.data[needed])
    throw new UnreadableEventError(type, `${needed}: missing`)
  return parsed.data
}

/** Known types by their ids, so that the same event hashes alike through every channel; others by their content. */
function madeUpId(type: string, time: string, data: EventData, payload: Record<string, unknown>): string {
  const { userids = [], unionids = [], deptIds = [], roleIds = [], action = '' } = data
  const about = isContactEvent(type)
    ? [[...userids].sort(), [...unionids].sort(), [...deptIds].sort(byValue), [...roleIds].sort(byValue), action]
    : payload
  return `sha256:${createHash('sha256')
    .update(canonical([type, time, about]))
    .digest('hex')}`
}

function byValue(a: number, b: number): number {
  return a - b
}

const earliest = Date.UTC(2014, 0)
const latest = Date.UTC(2100, 0)

/** Milliseconds, from milliseconds or seconds; undefined for numbers that cannot be a time of DingTalk's. */
function timeOf(time: string | undefined): number | undefined {
  const given = Number(time)
  return [given, given * 1000].find(ms => Number.isSafeInteger(ms) && ms >= earliest && ms < latest)
}
