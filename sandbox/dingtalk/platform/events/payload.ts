import type { SandboxApp } from '../../types.ts'
import type { Delivery } from './event.ts'
import { createHash } from 'node:crypto'

/** 统一应用 ID as it appears in events; the sandbox derives it from the Client ID. */
export function unifiedAppId(app: SandboxApp): string {
  const hex = createHash('sha1').update(app.clientId).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 18)}`
}

/** The event's own fields; older pages of the docs write them with an upper first letter (dingtalk-server-api §7.1). */
export function ownFields(event: Delivery): Record<string, unknown> {
  if (!event.oldKeys)
    return event.fields
  return Object.fromEntries(Object.entries(event.fields).map(([key, value]) => [key.charAt(0).toUpperCase() + key.slice(1), value]))
}

/** The decrypted body of an HTTP push: fields flat beside the metadata. */
export function flatEvent(event: Delivery, app: SandboxApp): Record<string, unknown> {
  return {
    EventType: event.type,
    EventTime: event.bornAt,
    CorpId: app.corpId,
    BizId: `${event.bornAt}00`,
    ...(event.withoutEventId ? {} : { eventId: event.eventId }),
    ...ownFields(event),
  }
}
