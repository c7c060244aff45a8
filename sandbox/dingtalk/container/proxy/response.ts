import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http'
import type { Device } from '../device-store.ts'
import type { Origins } from './origins.ts'
import { isDesktop } from '../devices.ts'
import { allowsDingTalkFrames, relaxPolicy } from './csp.ts'
import { toDevice } from './origins.ts'

/** Not ours to forward: hop-by-hop, and HSTS, which a plain-HTTP container must not pass on. */
const dropped = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'strict-transport-security', 'set-cookie'])

interface ResponseContext {
  device: Device
  origins: Origins
  containerOrigin: string
  nonce: string
  /** Path of the request, for cookies without a Path attribute. */
  path: string
}

/** Keeps the answer's cookies in the device's jar and returns its headers as the device may see them. */
export function deviceHeaders(answer: IncomingMessage, context: ResponseContext): OutgoingHttpHeaders {
  const { device, origins } = context
  if (/"(?:cookies|\*)"/.test(String(answer.headers['clear-site-data'] ?? '')))
    device.jar.clear()
  for (const cookie of answer.headers['set-cookie'] ?? []) device.jar.receive(cookie, context.path)

  const headers: OutgoingHttpHeaders = {}
  for (const [name, value] of Object.entries(answer.headers)) {
    if (!dropped.has(name) && value !== undefined)
      headers[name] = value
  }
  for (const name of ['location', 'access-control-allow-origin', 'content-location'] as const) {
    const value = headers[name]
    if (typeof value === 'string')
      headers[name] = toDevice(value, origins)
  }
  openForContainer(headers, context)
  return headers
}

function openForContainer(headers: OutgoingHttpHeaders, { device, origins, containerOrigin, nonce }: ResponseContext): void {
  const desktop = isDesktop(device.kind)
  const policy = headers['content-security-policy']
  if (!desktop || allowsDingTalkFrames(typeof policy === 'string' ? policy : undefined)) {
    delete headers['x-frame-options']
  }
  for (const name of ['content-security-policy', 'content-security-policy-report-only'] as const) {
    const value = headers[name]
    if (typeof value === 'string') {
      headers[name] = relaxPolicy(toDevice(value, origins), { deviceOrigin: origins.device, containerOrigin, desktop, nonce })
    }
  }
}
