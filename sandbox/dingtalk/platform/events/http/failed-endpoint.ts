import type { Endpoint } from '../../gateway/endpoint.ts'
import type { Delivery } from '../event.ts'
import { z } from 'zod'
import { endpoint } from '../../gateway/endpoint.ts'

/** The list has its own shape: ids in lower-case keys below the event's name, and no eventId (dingtalk-server-api §7). */
function failedEvent(event: Delivery, corpId: string): object {
  const ids = Object.entries(event.fields).filter(([key]) => key !== 'timeStamp')
  return {
    call_back_tag: event.type,
    event_time: event.bornAt,
    [event.type]: { ...Object.fromEntries(ids.map(([key, value]) => [key.toLowerCase(), value])), corpid: corpId },
  }
}

/** Pushes that failed three times; every call deletes what the previous one returned. */
export const failedEvents: Endpoint = endpoint({
  family: 'old',
  method: 'GET',
  path: '/call_back/get_call_back_failed_result',
  auth: 'app',
  permission: 'qyapi_base',
  input: z.unknown(),
  handle(_input, { world }) {
    const { events, hasMore } = world.events.parked.read()
    return { has_more: hasMore, failed_list: events.map(event => failedEvent(event, world.app.corpId)) }
  },
})
