import type { PlatformEvent } from './event.ts'
import type { Arrival } from './normalise.ts'
import { UnreadableEventError } from './event.ts'
import { byLowerKey, firstOf, isRecord } from './keys.ts'
import { normalise } from './normalise.ts'

/*
 * The three forms in which the same event arrives. EventTime, eventBornTime and event_time are preferred over the
 * payload's timeStamp, so that an event hashes alike through HTTP push and the list of failed ones.
 */

/** HTTP push: metadata and fields side by side (dingtalk-server-api §7.1). Throws UnreadableEventError. */
export function fromHttp(message: Record<string, unknown>, arrival: Arrival): PlatformEvent {
  const fields = byLowerKey(message)
  return normalise(
    {
      type: fields.get('eventtype'),
      id: fields.get('eventid'),
      time: firstOf(fields, 'eventtime', 'timestamp'),
      corpId: fields.get('corpid'),
      payload: message,
    },
    arrival,
  )
}

/** Stream: metadata in the headers, fields in a JSON text (§7.2). Throws UnreadableEventError. */
export function fromStream(headers: Record<string, unknown>, data: Record<string, unknown>, arrival: Arrival): PlatformEvent {
  const meta = byLowerKey(headers)
  return normalise(
    {
      type: meta.get('eventtype'),
      id: meta.get('eventid'),
      time: meta.get('eventborntime') ?? byLowerKey(data).get('timestamp'),
      corpId: meta.get('eventcorpid'),
      payload: data,
    },
    arrival,
  )
}

/** Objects that some events put around their fields in the list of failed pushes (§7). */
const wrappers = ['bpmscallbackdata', 'rolelabelchange', 'callbackdata']

/** An entry of the list of failed pushes: the fields lie under the name of the type (§7). Throws UnreadableEventError. */
export function fromFailed(entry: unknown, arrival: Arrival): PlatformEvent {
  if (!isRecord(entry))
    throw new UnreadableEventError('', 'not an object')
  const fields = byLowerKey(entry)
  const type = fields.get('call_back_tag')
  const under = fields.get(String(type).toLowerCase())
  const payload = unwrap(isRecord(under) ? under : entry)
  const inner = byLowerKey(payload)
  return normalise(
    {
      type,
      id: firstOf(inner, 'eventid') ?? fields.get('eventid'),
      time: fields.get('event_time') ?? inner.get('timestamp'),
      corpId: inner.get('corpid') ?? fields.get('corpid'),
      payload,
    },
    arrival,
  )
}

function unwrap(payload: Record<string, unknown>): Record<string, unknown> {
  const fields = byLowerKey(payload)
  const inner = wrappers.map(name => fields.get(name)).find(isRecord)
  return inner ? { ...payload, ...inner } : payload
}
