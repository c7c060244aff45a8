import type { IncomingMessage } from 'node:http'
import type { Origins } from './origins.ts'
import { Buffer } from 'node:buffer'
import { buffer } from 'node:stream/consumers'
import { toTarget } from './origins.ts'

const largest = 1024 * 1024

/**
 * The JSON body with this device's origin replaced by the real one, undefined when the body should stream
 * through untouched. A page names its own address in places such as `POST /api/jsapi/config {url}`; outside
 * this container that address is the app's public one.
 */
export async function translatedBody(req: IncomingMessage, origins: Origins): Promise<Buffer | undefined> {
  const length = Number(req.headers['content-length'])
  const isJson = /^application\/(?:[\w.+-]+\+)?json\b/i.test(req.headers['content-type'] ?? '')
  if (!isJson || !(length > 0 && length <= largest))
    return undefined
  const original = await buffer(req)
  const text = original.toString('latin1')
  const translated = Buffer.from(toTarget(text, origins), 'latin1')
  req.headers['content-length'] = String(translated.length)
  return translated
}
