import type { Request, Response } from 'express'
import type { World } from '../world/world.ts'
import type { Answer } from './answer.ts'
import type { Endpoint } from './endpoint.ts'
import type { Fault } from './faults.ts'
import { setTimeout as wait } from 'node:timers/promises'
import { admit, checkIpBan } from './admission.ts'
import { ApiError, success } from './answer.ts'
import { mergeInput, readInput } from './input.ts'
import { normaliseIp } from './ip.ts'
import { faultAnswer } from './strike.ts'

/** Reads the input (kept for the log even when the call is refused), admits the call and runs it. */
async function perform(world: World, endpoint: Endpoint, request: Request, ip: string, params: Record<string, unknown>): Promise<Answer> {
  try {
    checkIpBan(world, ip)
    const input = readInput(request, endpoint.family)
    const merged = mergeInput(input)
    Object.assign(params, merged)
    const grant = admit(world, endpoint, input, request.get('x-acs-dingtalk-access-token'), ip)
    const path = request.params as Record<string, string>
    return success(endpoint.family, await endpoint.run(merged, { world, params: path, grant, request }))
  }
  catch (error) {
    if (error instanceof ApiError)
      return error.answer
    throw error
  }
}

/** Writes the answer, damaged as the fault wants it. */
function write(response: Response, answer: Answer, fault: Fault | undefined, dateAheadMs: number): void {
  const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body)
  const bytes = Buffer.from(text)
  response.status(answer.status).set('content-type', answer.contentType ?? 'application/json')
  if (dateAheadMs !== 0)
    response.set('date', new Date(Date.now() + dateAheadMs).toUTCString())
  if (fault?.kind === 'truncate')
    response.end(bytes.subarray(0, Math.ceil(bytes.length / 2)))
  else response.end(bytes)
}

/** Serves one call: scripted fault, latency, admission, handler, log. */
export async function serve(world: World, endpoint: Endpoint, request: Request, response: Response): Promise<void> {
  const started = performance.now()
  const ip = world.settings.egressIp ?? normaliseIp(request.socket.remoteAddress)
  const fault = world.faults.strike(request.path)
  const delay = world.settings.latencyMs + (fault?.kind === 'slow' ? fault.ms : 0)
  if (delay > 0)
    await wait(delay)
  if (fault?.kind === 'expire-tokens')
    world.expireTokens()

  const params: Record<string, unknown> = {}
  const silent = fault?.kind === 'hang' || fault?.kind === 'reset'
  const replaced = fault === undefined ? undefined : faultAnswer(fault)
  const isCarriedOut = !silent && (replaced === undefined || (fault?.kind === 'html' && fault.carriedOut))
  const real = isCarriedOut ? await perform(world, endpoint, request, ip, params) : undefined
  const answer = replaced ?? real
  const outcome = silent || replaced !== undefined ? `fault:${fault?.kind}` : (answer?.outcome ?? '')
  world.calls.record({
    at: world.clock.now(),
    method: request.method,
    path: request.path,
    api: endpoint.path,
    ip,
    status: answer?.status ?? 0,
    outcome,
    tookMs: Math.round((performance.now() - started) * 100) / 100,
    params,
  })
  if (fault?.kind === 'reset' || fault?.kind === 'lost-answer')
    request.socket.resetAndDestroy()
  else if (answer !== undefined)
    write(response, answer, fault, world.settings.dateAheadMs)
}
