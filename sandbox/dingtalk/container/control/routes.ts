import type { Response } from 'express'
import type { SandboxPlatform } from '../../types.ts'
import type { Device, DeviceStore } from '../device-store.ts'
import type { LinkMap } from '../links/index.ts'
import type { Feed } from './feed.ts'
import { fileURLToPath } from 'node:url'
import { json, Router, static as serveFiles } from 'express'
import { z } from 'zod'
import { deviceKinds, profiles } from '../devices.ts'
import { modeSchema } from '../modes.ts'
import { findMembers, memberQuery } from './members.ts'
import { messageView } from './messages.ts'

interface ControlOptions {
  platform: SandboxPlatform
  devices: DeviceStore
  links: LinkMap
  feed: Feed
  h5Url: string
  deviceOrigin: (device: Device) => string
}

const host = z.string().min(1)
const switchSchema = z.object({ host, userid: z.string().min(1) })
const jarSchema = z.object({ host })
const preparedSchema = z.object({
  host,
  method: z.string().min(1),
  ok: z.boolean(),
  data: z.unknown(),
  times: z.number().int().min(1).max(100).default(1),
})
const modeChangeSchema = z.object({ host, mode: modeSchema.partial() })
const readSchema = z.object({ userid: z.string().min(1), taskId: z.number().int() })

/** The workbench page and the control API, on `localhost` itself (README.md lists the paths). */
export function controlRoutes(options: ControlOptions): Router {
  const { platform, devices, links, feed } = options
  const routes = Router()
  const body = json({ limit: '1mb' })

  function withDevice(res: Response, name: unknown, use: (device: Device) => unknown): void {
    const device = typeof name === 'string' ? devices.find(name) : undefined
    if (device)
      res.json(use(device))
    else res.status(404).json({ error: `no such device: ${String(name)}` })
  }

  routes.get('/__container/state', (_req, res) => {
    const { clientSecret: _secret, ...app } = platform.app()
    res.json({
      app,
      h5Url: options.h5Url,
      now: platform.now(),
      departments: platform.departments(),
      kinds: deviceKinds.map(kind => ({ kind, suffix: profiles[kind].suffix, name: profiles[kind].name, desktop: profiles[kind].platform === 'P' })),
    })
  })
  routes.get('/__container/members', (req, res) => {
    res.json(findMembers(platform, memberQuery.parse(req.query)))
  })
  routes.get('/__container/events', (_req, res) => feed.subscribe(res))

  routes.get('/__container/device', (req, res) => withDevice(res, req.query.host, view))
  routes.post('/__container/mode', body, (req, res) => {
    const { host, mode } = modeChangeSchema.parse(req.body)
    withDevice(res, host, device => view(Object.assign(device, { mode: modeSchema.parse({ ...device.mode, ...given(req.body, mode) }) })))
  })
  routes.post('/__container/switch', body, (req, res) => {
    const { host, userid } = switchSchema.parse(req.body)
    withDevice(res, host, (device) => {
      if (!device.shared)
        throw Object.assign(new Error('only a shared device changes hands'), { status: 409 })
      if (!platform.member(userid))
        throw Object.assign(new Error(`no such member: ${userid}`), { status: 404 })
      device.userid = userid
      feed.device(device)
      return view(device)
    })
  })
  routes.post('/__container/jar/clear', body, (req, res) =>
    withDevice(res, jarSchema.parse(req.body).host, (device) => {
      device.jar.clear()
      device.storage.clear()
      device.webStorage.clear()
      return view(device)
    }))
  routes.post('/__container/answers', body, (req, res) => {
    const { host, method, ok, data, times } = preparedSchema.parse(req.body)
    withDevice(res, host, device =>
      view(Object.assign(device, { prepared: [...device.prepared, ...Array.from({ length: times }, () => ({ method, outcome: { ok, data } }))] })))
  })
  routes.post('/__container/reset', (_req, res) => {
    devices.reset()
    res.json({})
  })

  routes.get('/__container/calls', (req, res) => withDevice(res, req.query.host, device => device.calls))
  routes.delete('/__container/calls', (req, res) => withDevice(res, req.query.host, device => device.calls.splice(0).length))

  routes.get('/__container/resolve', (req, res) =>
    withDevice(res, req.query.host, device =>
      typeof req.query.url === 'string' ? links.resolve(device, req.query.url, 'message') : links.home(device)))
  routes.get('/__container/messages', (req, res) => {
    res.json(platform.messagesOf(String(req.query.userid ?? '')).map(message => messageView(message)))
  })
  routes.post('/__container/messages/read', body, (req, res) => {
    const { userid, taskId } = readSchema.parse(req.body)
    platform.markRead(userid, taskId)
    feed.read(userid)
    res.json({})
  })

  routes.use(serveFiles(fileURLToPath(new URL('../client/workbench', import.meta.url)), { cacheControl: false }))
  return routes
}

/** Only what the caller named: the schema's defaults must not undo earlier choices. */
function given(body: { mode: object }, mode: object): object {
  return Object.fromEntries(Object.entries(mode).filter(([name]) => Object.hasOwn(body.mode, name)))
}

function view({ host, kind, shared, userid, mode, jar, storage, webStorage, calls }: Device): object {
  return { host, kind, shared, userid, mode, cookies: jar.size, storage: storage.size + (webStorage.get('local')?.size ?? 0), calls: calls.length }
}
