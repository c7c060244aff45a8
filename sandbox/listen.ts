import type { RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { createServer } from 'node:http'

/** A server on this machine only: the sandbox has no secrets, but no business on the network either. */
export async function listen(handler: RequestListener, port: number): Promise<{ url: string, close: () => Promise<void> }> {
  const server = createServer(handler)
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const { port: actual } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${actual}`,
    async close() {
      const closed = once(server, 'close')
      server.close()
      // Answers that hang by script, and idle keep-alive connections, must not keep the process.
      server.closeAllConnections()
      await closed
    },
  }
}
