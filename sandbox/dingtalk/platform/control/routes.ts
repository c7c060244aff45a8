import type { World } from '../world/world.ts'
import express from 'express'
import { readCalls } from './calls.ts'
import { issueCode } from './code.ts'
import { eventRoutes } from './events/routes.ts'
import { addFaults, removeFault } from './faults.ts'
import { listMessages, readMessageOf } from './messages.ts'
import { mutate } from './mutate.ts'
import { readOrg } from './org.ts'
import { reset } from './reset.ts'
import { control } from './respond.ts'
import { finishTodo, listTodos } from './todos.ts'

/** The control API below `/__sandbox/` (sandbox/README.md): what tests and the demo may do to this world. */
export function controlRoutes(world: World): express.Router {
  const router = express.Router()
  router.use(express.json({ limit: '20mb' }))
  router.get(
    '/org',
    control(() => readOrg(world)),
  )
  router.post(
    '/reset',
    control(({ body }) => reset(world, body)),
  )
  router.post(
    '/code',
    control(({ body }) => issueCode(world, body)),
  )
  router.post(
    '/mutate',
    control(({ body }) => mutate(world, body)),
  )

  router.get(
    '/faults',
    control(() => ({ faults: world.faults.list() })),
  )
  router.post(
    '/faults',
    control(({ body }) => ({ faults: addFaults(world, body) })),
  )
  router.delete(
    '/faults',
    control(() => world.faults.clear()),
  )
  router.delete(
    '/faults/:id',
    control(({ params }) => removeFault(world, params.id)),
  )

  router.get(
    '/calls',
    control(({ query }) => readCalls(world, query)),
  )
  router.delete(
    '/calls',
    control(() => world.calls.clear()),
  )

  router.get(
    '/messages',
    control(({ query }) => listMessages(world, query)),
  )
  router.post(
    '/messages/read',
    control(({ body }) => readMessageOf(world, body)),
  )
  router.get(
    '/todos',
    control(() => listTodos(world)),
  )
  router.post(
    '/todos/finish',
    control(({ body }) => finishTodo(world, body)),
  )
  router.use('/events', eventRoutes(world))
  router.use((_request, response) => void response.status(404).json({ error: 'no such control path; see sandbox/README.md' }))
  return router
}
