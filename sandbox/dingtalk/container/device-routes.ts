import type { Request, Response } from 'express'
import type { BridgeEndpoint } from './bridge/endpoint.ts'
import type { Device } from './device-store.ts'
import type { LinkMap } from './links/index.ts'
import { json, Router, text } from 'express'
import { z } from 'zod'
import { answerSchema, callSchema, settleSchema } from './bridge/endpoint.ts'
import { bridgeScript } from './bridge/script.ts'

interface RouteOptions {
  endpoint: BridgeEndpoint
  links: LinkMap
  containerOrigin: () => string
}

/** One write: `key` null empties the area, `value` null removes the key. */
const storageChange = z.object({ key: z.string().nullable(), value: z.string().nullable() })

/** The device behind this request, put there by the server before any of these routes runs. */
export function deviceOf(res: Response): Device {
  return res.locals.device as Device
}

/** `/__container/…` on a device's own hostname: what the injected bridge talks to. */
export function deviceRoutes({ endpoint, links, containerOrigin }: RouteOptions): Router {
  const routes = Router()

  routes.get('/bridge.js', async (req, res) => {
    const script = await bridgeScript(deviceOf(res), String(req.query.page ?? ''), containerOrigin())
    res.type('text/javascript').set('cache-control', 'no-store').send(script)
  })

  routes.post('/bridge', json({ limit: '1mb' }), async (req, res) => {
    res.json(await endpoint.call(deviceOf(res), callSchema.parse(req.body)))
  })

  routes.post('/bridge/answer', json({ limit: '1mb' }), (req, res) => {
    const reply = endpoint.answer(deviceOf(res), answerSchema.parse(req.body))
    if (reply)
      res.json(reply)
    else res.status(404).json({ error: 'no such open question' })
  })

  routes.post('/bridge/settle', json({ limit: '1mb' }), (req, res) => {
    endpoint.settle(deviceOf(res), settleSchema.parse(req.body))
    res.json({})
  })

  routes.get('/cookie', (req, res) => {
    res
      .type('text/plain')
      .set('cache-control', 'no-store')
      .send(deviceOf(res).jar.visible(documentPath(req)))
  })

  routes.post('/cookie', text({ type: () => true }), (req, res) => {
    if (typeof req.body === 'string' && req.body)
      deviceOf(res).jar.assign(req.body, documentPath(req))
    res.status(204).end()
  })

  routes.get('/web-storage', (req, res) => {
    res.set('cache-control', 'no-store').json([...storageArea(deviceOf(res), String(req.query.area))])
  })

  routes.post('/web-storage', json({ limit: '6mb' }), (req, res) => {
    const area = storageArea(deviceOf(res), String(req.query.area))
    const { key, value } = storageChange.parse(req.body)
    if (key === null)
      area.clear()
    else if (value === null)
      area.delete(key)
    else area.set(key, value)
    res.status(204).end()
  })

  /** The app as the workbench opens it, or `?url=` as a message link opens it. */
  routes.get('/open', (req, res) => {
    const device = deviceOf(res)
    const opening = typeof req.query.url === 'string' ? links.resolve(device, req.query.url, 'message') : links.home(device)
    if (opening.surface === 'invalid')
      res.status(400).type('text/plain').send(opening.reason)
    else res.redirect(opening.url)
  })

  return routes
}

function storageArea(device: Device, name: string): Map<string, string> {
  const area = device.webStorage.get(name) ?? new Map<string, string>()
  device.webStorage.set(name, area)
  return area
}

function documentPath(req: Request): string {
  return typeof req.query.path === 'string' && req.query.path.startsWith('/') ? req.query.path : '/'
}
