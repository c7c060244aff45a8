import type { Express, Router } from 'express'
import type { Database } from '../db/index.ts'
import type { Env } from '../env.ts'
import type { Logger } from './logger.ts'
import type { Metrics } from './metrics.ts'
import type { PublicUrl } from './public-url.ts'
import type { BoundRoute, RouteOptions } from './route.ts'
import express from 'express'
import { answers } from '../db/answers.ts'
import { AppError } from './app-error.ts'
import { stripBasePath } from './base-path.ts'
import { refuseCrossSite } from './cross-site.ts'
import { errorHandler } from './error-handler.ts'
import { requestLog } from './logger.ts'
import { serveMetrics, timeRequests } from './metrics.ts'
import { mountRoutes } from './mount.ts'
import { openApi } from './openapi.ts'
import { securityHeaders } from './security-headers.ts'
import { createFrontend } from './static.ts'

interface Given extends Pick<RouteOptions, 'context' | 'around'> {
  env: Env
  database: Pick<Database, 'db' | 'engine'>
  log: Logger
  metrics: Metrics
  publicUrl: PublicUrl
  routes: BoundRoute[]
  /** What is neither the API nor a page. */
  others: Router[]
  /** Where the built H5 is. */
  distDir: string
}

/** The server as others reach it: operations, the API, what DingTalk pushes, and the H5, in this order. */
export function createHttp({ env, database, log, metrics, publicUrl, routes, others, distDir, ...mounting }: Given): { http: Express, drain: () => void } {
  let draining = false
  const http = express()
  http.disable('x-powered-by')
  http.set('trust proxy', env.TRUST_PROXY)
  const frontend = createFrontend(distDir, publicUrl.basePath)
  http.use(requestLog(log), timeRequests(metrics), stripBasePath(publicUrl.basePath), securityHeaders(publicUrl, frontend.scriptHashes))

  http.get('/healthz', (_req, res) => void res.json({ status: 'ok' }))
  http.get('/readyz', async (_req, res) => {
    if (draining)
      throw new AppError('unavailable')
    const status = await answers(database).catch((cause: unknown) => {
      throw new AppError('unavailable', { cause })
    })
    res.json({ status })
  })
  http.get('/metrics', serveMetrics(metrics, env.METRICS_TOKEN))

  const api = express.Router()
  api.use(
    '/api',
    (_req, res, next) => {
      res.set('cache-control', 'no-store')
      next()
    },
    refuseCrossSite(publicUrl),
  )
  // A selection of a large run names up to 50,000 changes.
  api.use('/api/sync/runs', express.json({ limit: '3mb' }))
  api.use('/api', express.json({ limit: '1mb' }))
  mountRoutes(api, routes, { ...mounting, checkResponses: env.CHECK_RESPONSES ?? env.NODE_ENV !== 'production', log })
  api.get('/api/openapi.json', (req, res) => void res.json(openApi(routes, publicUrl.of(req))))
  api.all('/api/{*path}', (req) => {
    const known = routes.some(({ key }) => matches(key.split(' ')[1]!, req.path))
    throw new AppError(known ? 'method_not_allowed' : 'not_found')
  })
  http.use(api, ...others)

  http.use(frontend.page)
  http.use(frontend.assets)
  http.use(() => {
    throw new AppError('not_found')
  })
  http.use(errorHandler())
  return { http, drain: () => void (draining = true) }
}

function matches(template: string, path: string): boolean {
  return new RegExp(`^${template.replace(/:\w+/g, '[^/]+')}/?$`).test(path)
}
