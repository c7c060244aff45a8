import type { Buffer } from 'node:buffer'
import type { Reply, TestPlatform } from './open-platform.ts'
import { WebSocket } from 'ws'

export interface Frame {
  type: string
  headers: Record<string, string>
  data: string
}

/** How the client acknowledges events; `none` is silent, `broken` is not a frame. */
export type AckManner = 'SUCCESS' | 'LATER' | 'error' | 'broken' | 'none'

/** A Stream client as small as it can be. */
export interface StreamClient {
  ws: WebSocket
  manner: AckManner
  /** EVENT frames. */
  events: Frame[]
  system: Frame[]
  /** Resolves with the closing code when the connection is gone. */
  gone: Promise<number>
  ack: (frame: Frame) => void
}

export const OPEN = '/v1.0/gateway/connections/open'

/** Asks the gateway for a ticket. */
export function open(platform: TestPlatform, input: object = {}, headers: Record<string, string> = { accept: 'application/json' }): Promise<Reply> {
  return platform.raw(OPEN, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({
      clientId: platform.app.clientId,
      clientSecret: platform.app.clientSecret,
      subscriptions: [{ type: 'EVENT', topic: '*' }],
      ...input,
    }),
  })
}

/** Connects with a fresh ticket, or the given one; rejects when the upgrade is refused. Answers pings; acks as `manner` says. */
export async function connect(platform: TestPlatform, given?: string): Promise<StreamClient> {
  const ticket = given ?? String((await open(platform)).body.ticket)
  const ws = new WebSocket(`${platform.platformUrl.replace('http', 'ws')}/connect?ticket=${encodeURIComponent(ticket)}`)
  const reply = (frame: Frame, code: number, data: string): void =>
    ws.send(
      JSON.stringify({
        code,
        message: code === 200 ? 'OK' : 'error',
        headers: { messageId: frame.headers.messageId, contentType: 'application/json' },
        data,
      }),
    )
  const client: StreamClient = {
    ws,
    manner: 'SUCCESS',
    events: [],
    system: [],
    gone: new Promise(resolve => ws.once('close', resolve)),
    ack: frame => reply(frame, 200, '{"status":"SUCCESS","message":"success"}'),
  }
  ws.on('message', (data: Buffer) => {
    const frame = JSON.parse(data.toString()) as Frame
    if (frame.type === 'SYSTEM') {
      client.system.push(frame)
      if (frame.headers.topic === 'ping')
        reply(frame, 200, frame.data)
      return
    }
    client.events.push(frame)
    if (client.manner === 'broken')
      ws.send('{"code":')
    else if (client.manner === 'error')
      reply(frame, 500, '{"status":"SUCCESS"}')
    else if (client.manner !== 'none')
      reply(frame, 200, JSON.stringify({ status: client.manner, message: '' }))
  })
  ws.on('error', () => {})
  await new Promise<void>((resolve, reject) => {
    ws.once('open', resolve)
    ws.once('error', reject)
  })
  return client
}
