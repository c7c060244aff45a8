import type { DingTalkError } from '../../errors/dingtalk-error.ts'
import type { Dial } from './dial.ts'
import type { Frame } from './frames.ts'
import type { Timeline } from './timeline.ts'
import { WebSocket } from 'ws'
import { handshakeTimeout, socketFailure } from './failure.ts'
import { parseFrame, pong } from './frames.ts'
import { startWatchdog } from './watchdog.ts'

/** `announced`: DingTalk asked us to reconnect; `silent`: the watchdog found it dead; `closed`: everything else. */
export interface Ending {
  reason: 'announced' | 'silent' | 'closed'
  error?: DingTalkError
}

export interface Connection {
  /** Nothing more is to be expected; answers may still be sent for a while. */
  ended: Promise<Ending>
  /** The socket is gone. */
  closed: Promise<void>
  /** Ends it politely, within a second. */
  close: () => Promise<void>
}

export interface ConnectionParts {
  dial: Dial
  time: Timeline
  keepaliveMs: number
  silenceMs: number
  handshakeMs: number
  /** EVENT and CALLBACK frames; undefined = not a frame. `answer` does nothing when the socket is gone. */
  onFrame: (frame: Frame | undefined, answer: (text: string) => void) => void
  /** Any sign of life. */
  onHeard: () => void
}

/** Bytes; an event names at most some hundred ids. */
const maxFrame = 4 * 1024 * 1024
/** DingTalk closes 10 s after having announced it (dingtalk-server-api §7.2). */
const announcedCloseMs = 15_000
const closeMs = 1000

/** Connects to the gateway. Rejects with a DingTalkError, or the signal's reason when aborted before it stands. */
export async function connect(url: URL, parts: ConnectionParts, signal: AbortSignal): Promise<Connection> {
  const attempt = new AbortController()
  const abandon = (): void => attempt.abort(signal.reason)
  signal.addEventListener('abort', abandon, { once: true })
  const cancel = parts.time.clock.after(parts.handshakeMs, () => attempt.abort(handshakeTimeout()))
  try {
    signal.throwIfAborted()
    const socket = await parts.dial(url, attempt.signal)
    return await upgrade(
      new WebSocket(url, { createConnection: () => socket, perMessageDeflate: false, maxPayload: maxFrame }),
      parts,
      attempt.signal,
    )
  }
  catch (error) {
    throw signal.aborted ? signal.reason : socketFailure(error)
  }
  finally {
    cancel()
    signal.removeEventListener('abort', abandon)
  }
}

function upgrade(ws: WebSocket, parts: ConnectionParts, signal: AbortSignal): Promise<Connection> {
  // all listeners at once: the first frame may follow the handshake within the same packet
  const closed = new Promise<void>(resolve => ws.once('close', () => resolve()))
  const ended = watch(ws, parts)
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      ws.terminate()
      reject(signal.reason)
    }
    signal.addEventListener('abort', abort, { once: true })
    if (signal.aborted)
      abort()
    void ended.then(({ error }) => reject(error ?? socketFailure(undefined)))
    ws.once('open', () => {
      signal.removeEventListener('abort', abort)
      resolve({ ended, closed, close: () => close(ws, parts.time, closed) })
    })
  })
}

/** Listens until the connection ends. */
function watch(ws: WebSocket, { time, keepaliveMs, silenceMs, onFrame, onHeard }: ConnectionParts): Promise<Ending> {
  return new Promise((resolve) => {
    let error: DingTalkError | undefined
    const watchdog = startWatchdog({
      time,
      keepaliveMs,
      silenceMs,
      ping: () => {
        if (ws.readyState === WebSocket.OPEN)
          ws.ping()
      },
      onSilence: () => {
        resolve({ reason: 'silent' })
        ws.terminate()
      },
    })
    const heard = (): void => {
      watchdog.heard()
      onHeard()
    }
    const answer = (text: string): void => {
      if (ws.readyState === WebSocket.OPEN)
        ws.send(text, () => {})
    }
    ws.on('error', cause => (error = socketFailure(cause)))
    ws.on('close', (code) => {
      watchdog.stop()
      resolve({ reason: 'closed', error: error ?? socketFailure(Object.assign(new Error('closed'), { code: `closed with ${code}` })) })
    })
    ws.on('open', () => watchdog.heard())
    ws.on('ping', heard)
    ws.on('pong', heard)
    ws.on('message', (data, isBinary) => {
      heard()
      const frame = isBinary ? undefined : parseFrame(String(data))
      if (frame?.type !== 'SYSTEM') {
        onFrame(frame, answer)
      }
      else if (frame.topic === 'ping') {
        answer(pong(frame))
      }
      else if (frame.topic === 'disconnect') {
        resolve({ reason: 'announced' })
        const cancel = time.clock.after(announcedCloseMs, () => ws.terminate())
        ws.once('close', cancel)
      }
    })
  })
}

async function close(ws: WebSocket, time: Timeline, closed: Promise<void>): Promise<void> {
  const cancel = time.clock.after(closeMs, () => ws.terminate())
  ws.close(1000)
  await closed
  cancel()
}
