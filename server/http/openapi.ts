import type { BoundRoute } from './route.ts'
import { z } from 'zod'
import { errorStatus } from '#contract/errors.ts'

const always = ['validation_failed', 'internal'] as const
const byAccess = {
  public: [],
  session: ['unauthenticated'],
  account: ['unauthenticated', 'forbidden'],
  admin: ['unauthenticated', 'forbidden'],
  operator: ['unauthenticated', 'forbidden'],
} as const

/** The OpenAPI 3 document of the declared routes; `x-access` says who may call each. */
export function openApi(routes: BoundRoute[], server: string): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const route of routes) {
    const [method, path] = route.key.split(' ') as [string, string]
    const template = path.replace(/:(\w+)/g, '{$1}')
    paths[template] = { ...paths[template], [method.toLowerCase()]: operation(route) }
  }
  return {
    openapi: '3.0.3',
    info: { title: 'Cordys CRM for DingTalk', version: '1' },
    servers: [{ url: server }],
    components: { securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'crm_session' } } },
    paths,
  }
}

function operation({ spec }: BoundRoute): object {
  const errors = [...always, ...byAccess[spec.access], ...(spec.errors ?? [])]
  return {
    'summary': spec.summary,
    'x-access': spec.access,
    ...(spec.access !== 'public' && { security: [{ session: [] }] }),
    'parameters': [...parameters('path', spec.params), ...parameters('query', spec.query)],
    ...(spec.body && { requestBody: { required: !spec.body.isOptional(), content: content(spec) } }),
    'responses': {
      [spec.status ?? 200]: success(spec),
      ...Object.fromEntries(
        [...new Set(errors.map(code => errorStatus[code]))]
          .sort()
          .map(status => [status, { description: errors.filter(code => errorStatus[code] === status).join(', ') }]),
      ),
    },
  }
}

function content({ raw, body }: BoundRoute['spec']): object {
  return raw
    ? Object.fromEntries(raw.types.map(type => [type, { schema: { type: 'string', format: 'binary' } }]))
    : { 'application/json': { schema: schema(body!, 'input') } }
}

function success(spec: BoundRoute['spec']): object {
  if (spec.status === 204 || spec.status === 302) {
    return { description: spec.status === 204 ? 'Done' : 'Redirect' }
  }
  return {
    description: spec.summary,
    content: { [spec.stream ? 'text/event-stream' : 'application/json']: { schema: schema(spec.response, 'output') } },
  }
}

function parameters(place: 'path' | 'query', given: z.ZodType | undefined): object[] {
  if (!given)
    return []
  const { properties = {}, required = [] } = schema(given, 'input') as { properties?: Record<string, object>, required?: string[] }
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }))
}

function schema(type: z.ZodType, io: 'input' | 'output'): object {
  return z.toJSONSchema(type, { target: 'openapi-3.0', io, unrepresentable: 'any' })
}
