import type { Express } from 'express'
import type { World } from '../world/world.ts'
import type { Endpoint } from './endpoint.ts'
import { z } from 'zod'
import { oldRequestId } from '../world/ids.ts'
import { ApiError, businessError, httpError } from './answer.ts'
import { endpoint } from './endpoint.ts'
import { apiName } from './refusals.ts'
import { serve } from './serve.ts'

const anything = z.unknown()

function refusing(spec: Pick<Endpoint, 'family' | 'path'>, refusal: (path: string) => ApiError): Endpoint {
  return endpoint({
    ...spec,
    method: 'POST',
    auth: 'none',
    input: anything,
    handle: (_input, call) => {
      throw refusal(call.request.path)
    },
  })
}

function unknownMethod(path: string): ApiError {
  const subMsg = `不合法ApiName，ApiName = ${apiName(path)}`
  return new ApiError({
    status: 200,
    body: { errcode: 22, sub_msg: subMsg, errmsg: `Invalid method[submsg=${subMsg}]`, request_id: oldRequestId() },
    outcome: '22',
  })
}

/** Paths nobody declared: errcode 22 below /topapi, a 404 of the new family below /v1.0, errcode 404 elsewhere (§1.7). */
export function mountUnknown(app: Express, world: World): void {
  const topapi = refusing({ family: 'old', path: '/topapi/(unknown)' }, unknownMethod)
  const modern = refusing({ family: 'new', path: '/v1.0/(unknown)' }, () =>
    httpError(404, 'InvalidAction.NotFound', 'Specified api is not found, please check your url and method.'))
  const rest = refusing({ family: 'old', path: '/(unknown)' }, () => businessError(404, '请求的URI地址不存在'))
  app.use((request, response) => {
    const found = request.path.startsWith('/topapi/') ? topapi : request.path.startsWith('/v1.0/') ? modern : rest
    return serve(world, found, request, response)
  })
}
