import type { World } from '../world/world.ts'
import express from 'express'
import { issueCode } from './code.ts'
import { readOrg } from './org.ts'
import { reset } from './reset.ts'
import { control } from './respond.ts'

/** The control API below `/__sandbox/` (sandbox/README.md): what tests and the demo may do to this world. */
export function controlRoutes(world: World): express.Router {
  const router = express.Router()
  router.use(express.json({ limit: '20mb' }))
  router.get('/org', control(() => readOrg(world)))
  router.post('/reset', control(({ body }) => reset(world, body)))
  router.post('/code', control(({ body }) => issueCode(world, body)))
  return router
}
