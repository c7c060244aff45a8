import type { Request, RequestHandler, Response } from 'express'
import type { Fault } from '../control/faults.ts'
import type { World } from '../world.ts'
import type { Endpoint, Guard } from './endpoint.ts'
import { setTimeout as wait } from 'node:timers/promises'
import { may } from '../auth/permissions.ts'
import { CordysError, denied, envelope, shiroDenied, unhandled } from './envelope.ts'
import { filter } from './filters.ts'

const page = (title: string) => `<!doctype html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`

/** Writes the answer: an envelope, or what a fault makes of it. */
function answer(response: Response, status: number, body: object, fault: Fault | undefined): void {
  if (fault?.kind === 'lost-answer')
    return void response.socket?.destroy()
  const text = JSON.stringify(body)
  response.status(status).type('application/json').send(fault?.kind === 'truncate' ? text.slice(0, text.length / 2) : text)
}

/** Runs something that returns `data` or throws a refusal, and answers it. */
export function respond(run: (request: Request, response: Response) => unknown): RequestHandler {
  return async (request, response) => {
    const fault: Fault | undefined = response.locals.fault
    try {
      const data = await run(request, response)
      if (!response.headersSent)
        answer(response, 200, envelope(data), fault)
    }
    catch (error) {
      const refusal = error instanceof CordysError ? error : unhandled(String(error))
      if (!(error instanceof CordysError))
        console.error('sandbox cordys:', error)
      answer(response, refusal.status, { code: refusal.code, message: refusal.message, messageDetail: refusal.detail, data: null }, fault)
    }
  }
}

/** What strikes before a call is carried out. @returns true when it was answered */
async function strike(world: World, fault: Fault | undefined, response: Response): Promise<boolean> {
  switch (fault?.kind) {
    case 'hang':
      return true
    case 'reset':
      response.socket?.destroy()
      return true
    case 'html':
      response.status(fault.status).type('html').send(page('502 Bad Gateway'))
      return true
    case 'redirect':
      response.redirect(302, fault.location)
      return true
    case 'empty':
      response.status(fault.status).end()
      return true
    case 'business':
      response.status(fault.status).json({ code: fault.code, message: fault.message, messageDetail: null, data: null })
      return true
    case 'slow':
      await wait(fault.ms)
      return false
    case 'expire-sessions':
      world.sessions.endAll()
      return false
    default:
      return false
  }
}

/** Logs every call, and lets faults strike. */
export function watch(world: World): RequestHandler {
  return async (request, response, next) => {
    const { path, method } = request
    const fault = world.faults.strike(path)
    response.locals.fault = fault
    const userId = world.sessions.list().find(session => session.id === request.get('X-AUTH-TOKEN'))?.userId ?? null
    response.once('close', () =>
      world.calls.record({
        at: world.now(),
        method,
        path,
        status: response.writableFinished ? response.statusCode : 0,
        userId,
        userAgent: request.get('User-Agent') ?? '',
        body: path === '/login' ? undefined : request.body,
        fault: fault?.kind ?? null,
      }))
    if (world.settings.latencyMs > 0)
      await wait(world.settings.latencyMs)
    if (!(await strike(world, fault, response)))
      next()
  }
}

function check(guard: Guard | undefined, may: (permission: string) => boolean): void {
  if (!guard)
    return
  if ('R' in guard) {
    if (!guard.R.some(may))
      throw shiroDenied(guard.R.join(' or '))
  }
  else if (!may(guard.C)) {
    throw denied()
  }
}

/** An endpoint behind the filters and its permission. */
export function serve(world: World, { guard, handle }: Endpoint): RequestHandler {
  return async (request, response, next) => {
    const run = respond(() => {
      const passed = filter(world, request)
      if (passed === 'no-session')
        return void response.status(401).set('Authentication-Status', 'invalid').type('application/json').end()
      if (passed === 'bad-csrf')
        return void response.status(500).type('html').send(page('HTTP ERROR 500 csrf error'))
      check(guard, permission => may(world, passed.user, permission))
      const body: unknown = request.body
      return handle({
        world,
        ...passed,
        body: typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Record<string, unknown>) : {},
        ids: Array.isArray(body) ? body.map(String) : [],
        params: request.params as Record<string, string>,
        query: request.query,
        request,
        response,
      })
    })
    await run(request, response, next)
  }
}
