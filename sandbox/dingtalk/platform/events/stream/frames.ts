import type { SandboxApp } from '../../../types.ts'
import type { Delivery } from '../event.ts'
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { opaque } from '../../world/ids.ts'
import { ownFields, unifiedAppId } from '../payload.ts'

export interface Frame {
  specVersion: '1.0'
  type: 'SYSTEM' | 'EVENT'
  /** Strings only. */
  headers: Record<string, string>
  /** JSON inside JSON. */
  data: string
}

/** In the manner of `213d841d_972_1898bb26334_70a7`. */
function messageId(now: number): string {
  const part = (bytes: number): string => randomBytes(bytes).toString('hex')
  return `${part(4)}_${Math.floor(Math.random() * 1000)}_${now.toString(16)}_${part(2)}`
}

/** A SYSTEM frame: `ping`, `disconnect`, or another topic the SDKs know. */
export function systemFrame(topic: string, data: object, connectionId: string, now: number): Frame {
  return {
    specVersion: '1.0',
    type: 'SYSTEM',
    headers: { connectionId, topic, messageId: messageId(now), contentType: 'application/json', time: String(now) },
    data: JSON.stringify(data),
  }
}

export function pingData(): { opaque: string } {
  return { opaque: opaque() }
}

/** An EVENT frame: metadata in the headers, the event's own fields in `data` (dingtalk-server-api §7.2). */
export function eventFrame(event: Delivery, app: SandboxApp, connectionId: string, now: number): Frame {
  return {
    specVersion: '1.0',
    type: 'EVENT',
    headers: {
      appId: unifiedAppId({ ...app, clientId: `app:${app.clientId}` }),
      connectionId,
      topic: '*',
      messageId: messageId(now),
      contentType: 'application/json',
      time: String(now),
      eventType: event.type,
      ...(event.withoutEventId ? {} : { eventId: event.eventId }),
      eventCorpId: app.corpId,
      eventBornTime: String(event.bornAt),
      eventUnifiedAppId: unifiedAppId(app),
    },
    data: JSON.stringify(ownFields(event)),
  }
}

const upstreamSchema = z.object({ code: z.number(), message: z.string().optional(), headers: z.object({ messageId: z.string() }), data: z.string() })
export type Upstream = z.infer<typeof upstreamSchema>

/** A frame of the client; undefined when it makes no sense. */
export function readUpstream(text: string): Upstream | undefined {
  try {
    return upstreamSchema.parse(JSON.parse(text))
  }
  catch {
    return undefined
  }
}

const ackSchema = z.object({ status: z.enum(['SUCCESS', 'LATER']) })

/** What an EVENT's ack says: only code 200 with status SUCCESS consumes the event. */
export function ackOutcome({ code, data }: Upstream): 'success' | 'later' | 'bad-ack' {
  try {
    const { status } = ackSchema.parse(JSON.parse(data))
    if (code !== 200)
      return 'bad-ack'
    return status === 'SUCCESS' ? 'success' : 'later'
  }
  catch {
    return 'bad-ack'
  }
}
