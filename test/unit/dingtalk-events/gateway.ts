import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { onTestFinished, vi } from 'vitest'
import { WebSocketServer } from 'ws'

/** What a client sent back. */
export interface Answer {
  code: number
  message: string
  headers: { messageId: string, contentType: string }
  data: string
}

/** One connection, seen from DingTalk. */
export interface Session {
  request: IncomingMessage
  answers: Answer[]
  pings: number
  /** Close code, once closed. */
  closed?: number
  send: (frame: unknown) => void
  /** Resolves with the answer to this message. */
  answerTo: (messageId: string) => Promise<Answer>
  close: (code?: number) => void
  /** Breaks the connection without a word. */
  break: () => void
}

export interface Gateway {
  url: string
  sessions: Session[]
  /** The nth connection, as soon as it is there. */
  session: (nth: number) => Promise<Session>
  close: () => Promise<void>
}

export interface GatewayOptions {
  port?: number
  /** Answers WebSocket pings. Default true. */
  pongs?: boolean
  /** Sent together with the handshake. */
  greeting?: unknown
}

/** The smallest gateway that speaks dingtalk-server-api §7.2. */
export async function startGateway({ port = 0, pongs = true, greeting }: GatewayOptions = {}): Promise<Gateway> {
  const server = new WebSocketServer({ port, host: '127.0.0.1', autoPong: pongs })
  const sessions: Session[] = []
  server.on('connection', (socket, request) => {
    const session: Session = {
      request,
      answers: [],
      pings: 0,
      send: frame => socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame)),
      answerTo: messageId =>
        vi.waitFor(
          () => {
            const answer = session.answers.find(each => each.headers.messageId === messageId)
            if (!answer)
              throw new Error(`no answer to ${messageId}`)
            return answer
          },
          { timeout: 3000, interval: 5 },
        ),
      close: code => socket.close(code),
      break: () => socket.terminate(),
    }
    socket.on('message', (text) => {
      session.answers.push(JSON.parse(String(text)))
    })
    socket.on('ping', () => session.pings++)
    socket.on('close', code => (session.closed = code))
    socket.on('error', () => {})
    sessions.push(session)
    if (greeting)
      session.send(greeting)
  })
  await once(server, 'listening')
  const close = async (): Promise<void> => {
    server.clients.forEach(client => client.terminate())
    await new Promise(resolve => server.close(resolve))
  }
  onTestFinished(close)
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/connect`,
    sessions,
    session: nth =>
      vi.waitFor(
        () => {
          const session = sessions[nth - 1]
          if (!session)
            throw new Error(`only ${sessions.length} connections`)
          return session
        },
        { timeout: 3000, interval: 5 },
      ),
    close,
  }
}

/** An EVENT frame. */
export function eventFrame(eventId: string, data: unknown = { userId: ['u1'] }, more: Record<string, unknown> = {}) {
  return {
    specVersion: '1.0',
    type: 'EVENT',
    headers: {
      appId: 'a',
      connectionId: 'c',
      topic: '*',
      messageId: `m-${eventId}`,
      contentType: 'application/json',
      time: '1693221579964',
      eventType: 'user_add_org',
      eventId,
      eventCorpId: 'dingcorp',
      eventBornTime: '1683533823336',
      ...more,
    },
    data: typeof data === 'string' ? data : JSON.stringify(data),
  }
}

export function systemFrame(topic: string, data: unknown) {
  return {
    specVersion: '1.0',
    type: 'SYSTEM',
    headers: { topic, messageId: `sys-${topic}`, contentType: 'application/json', time: '1' },
    data: JSON.stringify(data),
  }
}
