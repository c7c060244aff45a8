import type { Socket } from 'node:net'
import type { DispatcherOptions } from '../../transport/dispatcher.ts'
import { once } from 'node:events'
import net from 'node:net'
import tls from 'node:tls'
import { isExempt } from './no-proxy.ts'
import { openTunnel } from './tunnel.ts'

/** Makes the connection under a WebSocket, ready to be written to. Rejects with a network error or the signal's reason. */
export type Dial = (url: URL, signal: AbortSignal) => Promise<Socket>

/**
 * The way out for WebSockets, consistent with createDispatcher(): IPv4 only, HTTPS_PROXY for encrypted endpoints,
 * NO_PROXY for exceptions.
 */
export function createDial(options: DispatcherOptions = {}): Dial {
  return async (url, signal) => {
    const secure = url.protocol === 'wss:'
    const host = url.hostname
    const port = Number(url.port) || (secure ? 443 : 80)
    const proxied = secure && options.httpsProxy && !isExempt(options.noProxy ?? '', host, port)
    const plain = proxied
      ? await openTunnel(new URL(options.httpsProxy ?? ''), host, port, signal)
      : await ready(net.connect({ host, port, family: 4, noDelay: true }), 'connect', signal)
    if (!secure)
      return plain
    // an IP address may not be a server name
    const servername = net.isIP(host) ? undefined : host
    return ready(tls.connect({ socket: plain, host, servername, ALPNProtocols: ['http/1.1'] }), 'secureConnect', signal)
  }
}

async function ready<Connection extends Socket>(socket: Connection, event: string, signal: AbortSignal): Promise<Connection> {
  try {
    await once(socket, event, { signal })
    return socket
  }
  catch (error) {
    socket.on('error', () => {})
    socket.destroy()
    throw signal.aborted ? signal.reason : error
  }
}
