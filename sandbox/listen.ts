import type { Buffer } from 'node:buffer'
import type { IncomingMessage, RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { once } from 'node:events'
import { createServer } from 'node:http'

export type UpgradeListener = (request: IncomingMessage, socket: Duplex, head: Buffer) => void

/** A server on this machine only: the sandbox has no secrets, but no business on the network either. */
export async function listen(
  handler: RequestListener,
  port: number,
  onUpgrade?: UpgradeListener,
): Promise<{ url: string, close: () => Promise<void> }> {
  const server = createServer(handler)
  const upgraded = new Set<Duplex>()
  if (onUpgrade !== undefined) {
    server.on('upgrade', (request, socket: Duplex, head) => {
      upgraded.add(socket)
      socket.on('close', () => upgraded.delete(socket))
      onUpgrade(request, socket, head)
    })
  }
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const { port: actual } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${actual}`,
    async close() {
      const closed = once(server, 'close')
      server.close()
      // Answers that hang by script, idle keep-alive connections and WebSockets must not keep the process.
      server.closeAllConnections()
      upgraded.forEach(socket => socket.destroy())
      await closed
    },
  }
}
