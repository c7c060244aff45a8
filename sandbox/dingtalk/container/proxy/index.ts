import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Device, DeviceStore } from '../device-store.ts'
import type { Origins } from './origins.ts'
import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { createProxyServer } from 'http-proxy-3'
import { translatedBody } from './body.ts'
import { createNonce } from './csp.ts'
import { decodeBody, injectBridge } from './html.ts'
import { isDocumentRequest, prepareRequest } from './request.ts'
import { deviceHeaders } from './response.ts'
import { unreachablePage } from './unreachable.ts'

export interface DeviceProxy {
  web: (req: IncomingMessage, res: ServerResponse, device: Device) => Promise<void>
  upgrade: (req: IncomingMessage, socket: Duplex, head: Buffer, device: Device) => void
  close: () => void
}

interface ProxyOptions {
  h5Url: string
  devices: DeviceStore
  /** Filled in once the port is known. */
  containerOrigin: () => string
  deviceOrigin: (device: Device) => string
}

/** The reverse proxy between a device's hostname and the unmodified H5. */
export function createDeviceProxy(options: ProxyOptions): DeviceProxy {
  const target = new URL(options.h5Url).origin
  const agent = target.startsWith('https:') ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true })
  const proxy = createProxyServer({ target, agent, selfHandleResponse: true, ws: true, secure: false })
  const contexts = new WeakMap<IncomingMessage, { device: Device, origins: Origins, document: boolean, path: string }>()

  proxy.on('error', (error, _req, res) => {
    if (!('writeHead' in res))
      res.destroy()
    else if (res.headersSent)
      res.destroy(error)
    else res.writeHead(502, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).end(unreachablePage(target, error.message))
  })

  proxy.on('proxyRes', (answer, req, res) => {
    const context = contexts.get(req)
    if (!context)
      throw new Error('answer without a request context')
    const nonce = createNonce()
    const headers = deviceHeaders(answer, { ...context, nonce, containerOrigin: options.containerOrigin() })
    const html = context.document && /^text\/html\b|^application\/xhtml\+xml\b/i.test(answer.headers['content-type'] ?? '')
    if (!html) {
      res.writeHead(answer.statusCode ?? 502, headers)
      // Server-sent events must reach the page before the first byte of the body does.
      res.flushHeaders()
      answer.on('error', error => res.destroy(error)).pipe(res)
      return
    }
    void sendDocument(answer, res, headers, { nonce, page: options.devices.openPage(context.device).id }).catch(error => res.destroy(error))
  })

  return {
    async web(req, res, device) {
      const origins = { target, device: options.deviceOrigin(device) }
      const document = isDocumentRequest(req)
      prepareRequest(req, device, origins)
      contexts.set(req, { device, origins, document, path: new URL(req.url ?? '/', target).pathname })
      const body = await translatedBody(req, origins)
      proxy.web(req, res, body ? { buffer: Readable.from([body]) } : {})
    },
    upgrade(req, socket, head, device) {
      prepareRequest(req, device, { target, device: options.deviceOrigin(device) })
      proxy.ws(req, socket, head, {})
    },
    close: () => agent.destroy(),
  }
}

async function sendDocument(
  answer: IncomingMessage,
  res: ServerResponse,
  headers: import('node:http').OutgoingHttpHeaders,
  { nonce, page }: { nonce: string, page: string },
): Promise<void> {
  const body = await decodeBody(await buffer(answer), answer.headers['content-encoding'])
  const injected = injectBridge(body, page, nonce)
  delete headers['content-encoding']
  delete headers.etag
  delete headers['last-modified']
  res.writeHead(answer.statusCode ?? 502, { ...headers, 'content-length': injected.length, 'cache-control': 'no-store' }).end(injected)
}
