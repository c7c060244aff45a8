import type { Buffer } from 'node:buffer'
import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import type { LiveContext } from '../event.ts'
import type { Frame, Upstream } from './frames.ts'
import { opaque } from '../../world/ids.ts'
import { pingData, readUpstream, systemFrame } from './frames.ts'

const KEPT_FRAMES = 200

/** One frame on the wire, as text. */
export interface LoggedFrame {
  at: number
  from: 'platform' | 'client'
  text: string
}

/** One WebSocket of the gateway. */
export interface Connection {
  readonly connectionId: string
  readonly openedAt: number
  /** Whether it subscribed to EVENT `*`. */
  readonly events: boolean
  /** `closing` after a disconnect frame; `dead` answers and sends nothing, but the TCP connection stands. */
  readonly state: 'open' | 'closing' | 'dead' | 'closed'
  /** The newest frames, oldest first. */
  readonly frames: readonly LoggedFrame[]
  /** Pings nobody has answered yet. */
  readonly unansweredPings: number
  send: (frame: Frame) => void
  ping: () => void
  system: (topic: string, data: object) => void
  /** Announces the end, sends nothing more, and closes after `closeMs`. */
  disconnect: (reason: string) => void
  goDead: () => void
  drop: () => void
}

/** Wraps an accepted WebSocket; `onReply` gets the client's frames except answers to pings. */
export function createConnection(
  context: LiveContext,
  ws: WebSocket,
  socket: Duplex,
  events: boolean,
  onReply: (frame: Upstream) => void,
): Connection {
  const { clock, alarms, settings } = context
  const connectionId = opaque()
  const openedAt = clock.now()
  const frames: LoggedFrame[] = []
  const pings = new Map<string, string>()
  let state: Connection['state'] = 'open'
  let cancelPing = (): void => {}

  function log(from: LoggedFrame['from'], text: string): void {
    frames.push({ at: clock.now(), from, text })
    if (frames.length > KEPT_FRAMES)
      frames.shift()
  }
  function send(frame: Frame): void {
    // A dead connection looks alive to the platform: what is sent there is gone.
    if (state !== 'open' || ws.readyState !== ws.OPEN)
      return
    const text = JSON.stringify(frame)
    log('platform', text)
    ws.send(text)
  }
  function ping(): void {
    const frame = systemFrame('ping', pingData(), connectionId, clock.now())
    if (state === 'open')
      pings.set(frame.headers.messageId ?? '', frame.data)
    send(frame)
  }
  function pingRegularly(): void {
    const { pingMs } = settings()
    if (pingMs === null)
      return
    cancelPing = alarms.after(pingMs, () => {
      ping()
      pingRegularly()
    })
  }
  function receive(text: string): void {
    log('client', text)
    const frame = readUpstream(text)
    if (frame === undefined)
      return
    const asked = pings.get(frame.headers.messageId)
    if (asked === undefined)
      onReply(frame)
    else if (frame.code === 200 && frame.data === asked)
      pings.delete(frame.headers.messageId)
  }
  ws.on('message', (data: Buffer) => receive(data.toString()))
  // Broken frames end the connection by themselves.
  ws.on('error', () => {})
  ws.on('close', () => {
    state = 'closed'
    cancelPing()
  })
  pingRegularly()

  return {
    connectionId,
    openedAt,
    events,
    frames,
    get state() {
      return state
    },
    get unansweredPings() {
      return pings.size
    },
    send,
    ping,
    system: (topic, data) => send(systemFrame(topic, data, connectionId, clock.now())),
    disconnect(reason) {
      send(systemFrame('disconnect', { reason }, connectionId, clock.now()))
      if (state === 'open')
        state = 'closing'
      alarms.after(settings().closeMs, () => ws.terminate())
    },
    goDead() {
      if (state === 'closed')
        return
      state = 'dead'
      // From here on bytes go nowhere: no pong, no close handshake; only the end of the TCP connection is noticed.
      socket.removeAllListeners('data')
      socket.on('data', () => {})
    },
    drop: () => ws.terminate(),
  }
}
