import type { RequestHandler } from 'express'
import type { Env } from '../env.ts'
import { randomBytes } from 'node:crypto'
import pino from 'pino'
import { pinoHttp } from 'pino-http'
import { withoutValues } from '../db/index.ts'

export type { Logger } from 'pino'

/** Names under which secrets travel; wherever an object with one is logged, its value is hidden. */
const secretNames = [
  'clientSecret',
  'client_secret',
  'appSecret',
  'appsecret',
  'accessToken',
  'access_token',
  'refreshToken',
  'jsapiTicket',
  'ticket',
  'token',
  'setupToken',
  'authCode',
  'authorization',
  'cookie',
  'password',
  'aesKey',
]

/** JSON lines on stdout, or into `destination`. */
export function createLogger(env: Pick<Env, 'LOG_LEVEL'>, destination?: pino.DestinationStream) {
  const paths = secretNames.flatMap(name => [name, `*.${name}`, `*.*.${name}`])
  const options = {
    level: env.LOG_LEVEL,
    redact: { paths, censor: '[hidden]' },
    serializers: { cause: pino.stdSerializers.err },
    formatters: { log: errorsWithoutValues },
  }
  return destination ? pino(options, destination) : pino(options)
}

/** Before any serializer, also those of request logs: whatever name an error is logged under, it tells no values of a query. */
function errorsWithoutValues(line: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(line).map(([key, value]) => [key, withoutValues(value)]))
}

/** One line a request: method, path, status, time. Never the query (login codes travel there), headers or bodies. */
export function requestLog(logger: pino.Logger): RequestHandler {
  return pinoHttp({
    logger,
    genReqId: (_req, res) => {
      const id = randomBytes(6).toString('hex')
      res.setHeader('x-request-id', id)
      return id
    },
    serializers: {
      req: (req: { id: string, method: string, url: string }) => ({ id: req.id, method: req.method, path: req.url.split('?', 1)[0] }),
      res: (res: { statusCode: number }) => ({ status: res.statusCode }),
    },
    customLogLevel: (_req, res, error) => (error || res.statusCode >= 500 ? 'warn' : 'info'),
    autoLogging: { ignore: req => req.url === '/healthz' || req.url === '/readyz' || req.url?.startsWith('/assets/') === true },
  })
}
