import type { IncomingHttpHeaders, IncomingMessage, RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { createServer, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { startContainer } from '../../../sandbox/dingtalk/container/index.ts'
import { stubPlatform } from './stub-platform.ts'

export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: string
}

export interface Setup {
  platform: ReturnType<typeof stubPlatform>
  url: string
  port: number
  /** Origin of the app behind the proxy. */
  target: string
  /** A request to a hostname of the container; Node does not resolve `*.localhost` everywhere. */
  ask: (host: string, path: string, options?: { method?: string, headers?: Record<string, string>, body?: string }) => Promise<Answer>
  /** The same, handing over the open response. */
  stream: (host: string, path: string, headers?: Record<string, string>) => Promise<IncomingMessage>
  /** Opens a websocket up to the switch of protocols. */
  upgrade: (host: string, path: string, headers?: Record<string, string>) => Promise<Duplex>
  control: (path: string, body: object) => Promise<Answer>
  close: () => Promise<void>
}

/** Starts a container in front of a small app. */
export async function setUp(app: RequestListener, basePath = ''): Promise<Setup> {
  const upstream = createServer(app)
  upstream.on('upgrade', (req, socket) => {
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n${req.headers.origin} ${/DingTalk/.exec(req.headers['user-agent'] ?? '')?.[0]}`,
    )
    socket.pipe(socket)
  })
  await new Promise<void>(resolve => upstream.listen(0, '127.0.0.1', resolve))
  const target = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`
  const platform = stubPlatform()
  const container = await startContainer({ platform, h5Url: target + basePath, port: 0 })
  const port = Number(new URL(container.url).port)

  function stream(host: string, path: string, headers: Record<string, string> = {}, method = 'GET', body?: string): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      request({ host: '127.0.0.1', port, path, method, headers: { host: `${host}:${port}`, ...headers }, agent: false }, resolve)
        .on('error', reject)
        .end(body)
    })
  }
  async function ask(
    host: string,
    path: string,
    options: { method?: string, headers?: Record<string, string>, body?: string } = {},
  ): Promise<Answer> {
    const length: Record<string, string>
      = options.body === undefined ? {} : { 'content-length': String(new TextEncoder().encode(options.body).length) }
    const response = await stream(host, path, { ...length, ...options.headers }, options.method, options.body)
    return { status: response.statusCode ?? 0, headers: response.headers, body: await text(response) }
  }
  return {
    platform,
    url: container.url,
    port,
    target,
    ask,
    stream,
    upgrade: (host, path, headers = {}) =>
      new Promise((resolve, reject) => {
        request({ host: '127.0.0.1', port, path, headers: { ...headers, host: `${host}:${port}`, connection: 'Upgrade', upgrade: 'websocket' } })
          .on('upgrade', (_res, socket, head) => {
            socket.unshift(head)
            resolve(socket)
          })
          .on('error', reject)
          .end()
      }),
    control: (path, body) =>
      ask('localhost', `/__container/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    async close() {
      await container.close()
      upstream.closeAllConnections()
      await new Promise(resolve => upstream.close(resolve))
    },
  }
}

/** The headers a browser sends when it loads a frame. */
export const frameHeaders = { 'accept': 'text/html', 'sec-fetch-dest': 'iframe', 'sec-fetch-site': 'cross-site' }
