import type { Express, RequestHandler } from 'express'
import type { World } from '../world/world.ts'
import type { Endpoint } from './endpoint.ts'
import { z } from 'zod'
import { businessError } from './answer.ts'
import { endpoint } from './endpoint.ts'
import { serve } from './serve.ts'

/** The same path with the other HTTP method: the old family says which one it wants. */
function wrongMethod(known: Endpoint): Endpoint {
  return endpoint({
    family: known.family,
    method: known.method,
    path: known.path,
    auth: 'none',
    input: z.unknown(),
    handle: () => {
      throw known.method === 'GET' ? businessError(43001, '需要GET请求') : businessError(43002, '需要POST请求')
    },
  })
}

/** Registers the endpoints; anything else about a call is decided in `serve`. */
export function mount(app: Express, world: World, endpoints: readonly Endpoint[]): void {
  for (const known of endpoints) {
    const route = app.route(known.path)
    const run
      = (served: Endpoint): RequestHandler =>
        (request, response) =>
          serve(world, served, request, response)
    route[known.method.toLowerCase() as 'get' | 'post' | 'put' | 'delete'](run(known))
    if (known.family === 'old')
      route.all(run(wrongMethod(known)))
  }
}
