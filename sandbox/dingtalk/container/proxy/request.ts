import type { IncomingMessage } from 'node:http'
import type { Device } from '../device-store.ts'
import type { Origins } from './origins.ts'
import { userAgentOf } from '../device-store.ts'
import { toTarget } from './origins.ts'

const documentDestinations = new Set(['document', 'iframe', 'frame'])

/** Whether this request loads a document, whose first script must be the bridge. */
export function isDocumentRequest(req: IncomingMessage): boolean {
  if (req.method !== 'GET' && req.method !== 'POST')
    return false
  const destination = req.headers['sec-fetch-dest']
  return typeof destination === 'string' ? documentDestinations.has(destination) : req.headers.accept?.includes('text/html') === true
}

/** Turns the browser's request into the one the device's webview would send to the real address. */
export function prepareRequest(req: IncomingMessage, device: Device, origins: Origins): void {
  const headers = req.headers
  req.url = toTarget(req.url ?? '/', origins)
  headers.host = new URL(origins.target).host
  headers['user-agent'] = userAgentOf(device)
  // A page may name a language of its own in its requests; what the client fills in is the device's.
  if (headers['sec-fetch-dest'] !== 'empty')
    headers['accept-language'] = `${device.mode.language},${device.mode.language.slice(0, 2)};q=0.9`
  for (const name of ['origin', 'referer'] as const) {
    if (headers[name])
      headers[name] = toTarget(headers[name], origins)
  }
  const cookie = device.jar.header(new URL(req.url, origins.target).pathname)
  delete headers.cookie
  if (cookie)
    headers.cookie = cookie
  for (const name of Object.keys(headers).filter(name => name.startsWith('sec-ch-') || name === 'sec-fetch-storage-access')) delete headers[name]
  if (isDocumentRequest(req))
    asTopLevelDocument(req)
}

/** A webview loads its page at top level and uncompressed here; a 304 would bring back an old injection. */
function asTopLevelDocument(req: IncomingMessage): void {
  const { headers } = req
  headers['accept-encoding'] = 'identity'
  delete headers['if-none-match']
  delete headers['if-modified-since']
  if (headers['sec-fetch-dest'] && headers['sec-fetch-dest'] !== 'document') {
    headers['sec-fetch-dest'] = 'document'
    if (headers['sec-fetch-site'] === 'cross-site')
      headers['sec-fetch-site'] = 'none'
  }
}
