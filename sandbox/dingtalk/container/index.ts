import type { AddressInfo, Socket } from 'node:net'
import type { SandboxPlatform } from '../types.ts'
import type { Device } from './device-store.ts'
import { once } from 'node:events'
import { createServer } from 'node:http'
import express from 'express'
import { createEndpoint } from './bridge/endpoint.ts'
import { createFeed } from './control/feed.ts'
import { controlRoutes } from './control/routes.ts'
import { deviceRoutes } from './device-routes.ts'
import { DeviceStore } from './device-store.ts'
import { reportError } from './errors.ts'
import { createLinks } from './links/index.ts'
import { createDeviceProxy } from './proxy/index.ts'

export interface ContainerOptions {
  platform: SandboxPlatform
  /** Where the app under test is served, e.g. `http://127.0.0.1:3000`. */
  h5Url: string
  /** 0 takes any free port. */
  port: number
}

/**
 * Starts the fake DingTalk client: the workbench on `http://localhost:<port>/`, one hostname per employee and
 * device, all on one port of the loopback interface. Rejects when the port is taken.
 */
export async function startContainer(options: ContainerOptions): Promise<{ url: string, close: () => Promise<void> }> {
  const { platform, h5Url } = options
  let port = options.port
  /** The app may live below a path; its root is what the bare hostname opens. */
  const basePath = new URL(h5Url).pathname
  const containerOrigin = (): string => `http://localhost:${port}`
  const deviceOrigin = (device: Device): string => `http://${device.host}:${port}`

  const devices = new DeviceStore(platform)
  const links = createLinks({ platform, h5Url, deviceOrigin })
  const feed = createFeed(platform)
  const endpoint = createEndpoint({ platform, devices, links, onCall: feed.call })
  const proxy = createDeviceProxy({ h5Url, devices, containerOrigin, deviceOrigin })
  const forDevices = deviceRoutes({ endpoint, links, containerOrigin })
  const forWorkbench = controlRoutes({ platform, devices, links, feed, h5Url, deviceOrigin })

  const app = express().disable('x-powered-by')
  app.use(async (req, res, next) => {
    const host = req.headers.host ?? ''
    const device = devices.find(host)
    res.locals.device = device
    if (device && req.path.startsWith('/__container/'))
      next()
    else if (device && req.url === '/' && basePath !== '/')
      res.redirect(basePath)
    else if (device)
      await proxy.web(req, res, device)
    else if (/^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i.test(host))
      forWorkbench(req, res, next)
    else res.status(404).type('text/plain').send(`没有这台设备：${host}`)
  })
  app.use('/__container', forDevices)
  app.use(reportError)

  const server = createServer(app)
  const tunnels = new Set<Socket>()
  server.on('connection', (socket) => {
    tunnels.add(socket)
    socket.once('close', () => tunnels.delete(socket))
  })
  server.on('upgrade', (req, socket, head) => {
    const device = devices.find(req.headers.host ?? '')
    if (device)
      proxy.upgrade(req, socket, head, device)
    else socket.destroy()
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  port = (server.address() as AddressInfo).port

  return {
    url: containerOrigin(),
    async close() {
      feed.close()
      proxy.close()
      server.close()
      // Open event streams and websockets would keep the server alive for ever.
      tunnels.forEach(socket => socket.destroy())
      await once(server, 'close')
    },
  }
}
