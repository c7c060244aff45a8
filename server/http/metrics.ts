import type { Request, RequestHandler } from 'express'
import { timingSafeEqual } from 'node:crypto'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import { AppError } from './app-error.ts'

/** What the server counts; one instance per app, so that several in one process do not mix. */
export function createMetrics() {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  return {
    registry,
    httpSeconds: new Histogram({
      name: 'crm_http_request_seconds',
      help: 'Time to answer a request',
      labelNames: ['route', 'method', 'status'],
      registers: [registry],
      buckets: [0.005, 0.02, 0.1, 0.3, 1, 3, 10],
    }),
    dingtalkCalls: new Counter({
      name: 'crm_dingtalk_calls_total',
      help: 'Calls to DingTalk by API and result',
      labelNames: ['api', 'code'],
      registers: [registry],
    }),
    dingtalkSeconds: new Histogram({
      name: 'crm_dingtalk_call_seconds',
      help: 'Time of a call to DingTalk',
      labelNames: ['api'],
      registers: [registry],
      buckets: [0.02, 0.1, 0.3, 1, 3, 8],
    }),
    logins: new Counter({ name: 'crm_logins_total', help: 'Logins by way and result', labelNames: ['way', 'result'], registers: [registry] }),
    syncRunning: new Gauge({ name: 'crm_sync_running', help: 'Whether an organisation sync is running here', registers: [registry] }),
  }
}

export type Metrics = ReturnType<typeof createMetrics>

/** Times requests by route template, so that record ids do not become labels. */
export function timeRequests({ httpSeconds }: Metrics): RequestHandler {
  return (req, res, next) => {
    const end = httpSeconds.startTimer({ method: req.method })
    res.once('finish', () => {
      const route: unknown = req.route?.path
      end({ route: typeof route === 'string' ? route : 'other', status: res.statusCode })
    })
    next()
  }
}

/** `/metrics`, for callers on this machine (not those a proxy brings) or with the token. */
export function serveMetrics({ registry }: Metrics, token: string | undefined): RequestHandler {
  return async (req, res) => {
    if (!isLocal(req) && !hasToken(req, token))
      throw new AppError('forbidden')
    res.type(registry.contentType).send(await registry.metrics())
  }
}

function isLocal(req: Request): boolean {
  return req.headers['x-forwarded-for'] === undefined && /^(?:::ffff:)?127\.|^::1$/.test(req.socket.remoteAddress ?? '')
}

function hasToken(req: Request, token: string | undefined): boolean {
  const given = Buffer.from(req.headers.authorization?.replace(/^Bearer /, '') ?? '')
  const wanted = Buffer.from(token ?? '')
  return token !== undefined && given.length === wanted.length && timingSafeEqual(given, wanted)
}
