import type { World } from '../world.ts'
import express from 'express'
import { z } from 'zod'
import { control } from '../../dingtalk/platform/control/respond.ts'
import { createControl } from './control.ts'

/** The control API below `/__sandbox/` (sandbox/README.md). */
export function controlRoutes(world: World): express.Router {
  const actions = createControl(world)
  const router = express.Router()
  router.use(express.json({ limit: '5mb' }))
  router.post('/reset', control(() => actions.reset()))
  router.post('/settings', control(({ body }) => actions.settings(body as never)))
  router.get('/users', control(() => actions.users()))
  router.post('/users/:id', control(({ params, body }) => actions.changeUser(params.id ?? '', body as never)))
  router.post('/clock', control(({ body }) => actions.shift(z.object({ shiftMs: z.number() }).parse(body).shiftMs)))
  router.post('/sessions/expire', control(({ body }) => actions.expireSessions(z.object({ userId: z.string().optional() }).parse(body).userId)))
  router.get('/faults', control(() => ({ faults: world.faults.list() })))
  router.post('/faults', control(({ body }) => ({ faults: actions.addFaults(body as never) })))
  router.delete('/faults', control(() => world.faults.clear()))
  router.get('/calls', control(({ query }) => ({ calls: world.calls.list(z.object({ path: z.string().optional() }).parse(query).path) })))
  router.delete('/calls', control(() => world.calls.clear()))
  router.get('/customers', control(() => ({ customers: actions.customers() })))
  router.use((_request, response) => void response.status(404).json({ error: 'no such control path; see sandbox/README.md' }))
  return router
}
