import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Clock } from '../../../server/dingtalk/clock.ts'
import type { DingTalk, DingTalkCredentials, DingTalkOptions } from '../../../server/dingtalk/index.ts'
import { createServer } from 'node:http'
import { onTestFinished } from 'vitest'
import { createDingTalk } from '../../../server/dingtalk/index.ts'

/** A request as the fake platform saw it. */
export interface Seen {
  path: string
  method: string
  query: URLSearchParams
  headers: IncomingMessage['headers']
  body: Record<string, unknown>
}

/** What to answer: status and JSON, or raw text; `reset` breaks the connection, `hang` never answers. */
export type Answer = { status?: number, json?: unknown, text?: string, type?: string, headers?: Record<string, string> } | 'reset' | 'hang'

export type Handler = (seen: Seen, nth: number) => Answer | Promise<Answer>

export interface Platform {
  url: string
  calls: Seen[]
  /** Calls of one path. */
  of: (path: string) => Seen[]
}

export const app: DingTalkCredentials = { corpId: 'dingcorp1', clientId: 'dingclient1', clientSecret: 'S3cret-client-secret', agentId: '42' }

/** Answer of the token endpoint. */
export const tokenAnswer: Answer = { json: { accessToken: 'token-number-one', expireIn: 7200 } }

/** A tiny HTTP server with one handler per path; unknown paths answer as DingTalk does (dingtalk-server-api §1.7). */
export async function startPlatform(handlers: Record<string, Handler | Answer>): Promise<Platform> {
  const calls: Seen[] = []
  const server = createServer((req, res) => {
    void (async () => {
      let text = ''
      for await (const chunk of req) text += chunk
      const url = new URL(req.url ?? '/', 'http://platform')
      const seen: Seen = {
        path: url.pathname,
        method: req.method ?? '',
        query: url.searchParams,
        headers: req.headers,
        body: text ? JSON.parse(text) : {},
      }
      calls.push(seen)
      const handler
        = handlers[url.pathname]
          ?? (url.pathname === '/v1.0/oauth2/accessToken' ? tokenAnswer : { json: { errcode: 404, errmsg: '请求的URI地址不存在' } })
      const answer = typeof handler === 'function' ? await handler(seen, calls.filter(call => call.path === url.pathname).length) : handler
      if (answer === 'hang')
        return
      if (answer === 'reset') {
        req.socket.destroy()
        return
      }
      res.writeHead(answer.status ?? 200, { 'content-type': answer.type ?? 'application/json;charset=UTF-8', ...answer.headers })
      res.end(answer.text ?? JSON.stringify(answer.json))
    })()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { url, calls, of: path => calls.filter(call => call.path === path) }
}

/** Fifty times faster than the real time, so that back-offs of seconds cost a test milliseconds. */
function hurriedClock(): Clock {
  const began = performance.now()
  return {
    now: () => 1_800_000_000_000 + (performance.now() - began) * 50,
    after: (ms, wake) => {
      const timer = setTimeout(wake, Math.ceil(ms / 50))
      return () => clearTimeout(timer)
    },
  }
}

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

/** The client under test, pointed at the fake platform. */
export function clientOf(platform: Platform, more: Partial<DingTalkOptions> = {}): DingTalk {
  const dingtalk = createDingTalk({
    hosts: { api: platform.url, oapi: platform.url, login: 'https://login.example' },
    credentials: async () => app,
    logger: silent,
    clock: hurriedClock(),
    ...more,
  })
  onTestFinished(() => dingtalk.close())
  return dingtalk
}
