import type { Buffer } from 'node:buffer'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { LiveContext } from '../event.ts'
import type { Connection } from './connection.ts'
import type { Upstream } from './frames.ts'
import { WebSocketServer } from 'ws'
import { createExpiringMap } from '../../world/expiring.ts'
import { opaque } from '../../world/ids.ts'
import { createConnection } from './connection.ts'

export interface Subscription {
  type: string
  topic: string
}

/** The Stream gateway: tickets, and the WebSocket connections they open. */
export interface Gateway {
  /** A ticket for one connection. */
  issueTicket: (subscriptions: Subscription[]) => string
  /** Serves `GET /connect?ticket=` with an upgrade to WebSocket; a ticket that is unknown, used or too old is 401. */
  upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  /** Live ones, oldest first; dead ones look alive. */
  connections: () => Connection[]
  /** The connection that gets the next event: any that takes events, at random. */
  pick: () => Connection | undefined
  /** Called with the clients' acks. */
  onReply: (listener: (frame: Upstream) => void) => void
  close: () => void
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

export function createGateway(context: LiveContext): Gateway {
  const tickets = createExpiringMap<Subscription[]>(context.clock)
  const connections = new Set<Connection>()
  const server = new WebSocketServer({ noServer: true, maxPayload: 1024 * 1024 })
  let listener: (frame: Upstream) => void = () => {}

  return {
    issueTicket(subscriptions) {
      const ticket = opaque()
      tickets.set(ticket, subscriptions, context.settings().ticketMs)
      return ticket
    },
    upgrade(request, socket, head) {
      const url = new URL(request.url ?? '/', 'ws://sandbox')
      const subscriptions = url.pathname === '/connect' ? tickets.take(url.searchParams.get('ticket') ?? '') : undefined
      if (subscriptions === undefined) {
        refuse(socket, url.pathname === '/connect' ? '401 Unauthorized' : '404 Not Found')
        return
      }
      server.handleUpgrade(request, socket, head, (ws) => {
        const takesEvents = subscriptions.some(({ type }) => type === 'EVENT')
        const connection = createConnection(context, ws, socket, takesEvents, frame => listener(frame))
        connections.add(connection)
        ws.on('close', () => connections.delete(connection))
      })
    },
    connections: () => [...connections],
    pick() {
      const able = [...connections].filter(({ events, state }) => events && (state === 'open' || state === 'dead'))
      return able[Math.floor(Math.random() * able.length)]
    },
    onReply: (next) => {
      listener = next
    },
    close() {
      tickets.clear()
      connections.forEach(connection => connection.drop())
      server.close()
    },
  }
}
