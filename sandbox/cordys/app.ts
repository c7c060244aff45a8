import type { ErrorRequestHandler, Express } from 'express'
import type { World } from './world.ts'
import express from 'express'
import { isLogin, login, logout, refuseMobile } from './auth/login.ts'
import { sessionUser } from './auth/session-user.ts'
import { dingTalkCallback, oauthState } from './auth/sso.ts'
import { controlRoutes } from './control/routes.ts'
import { get } from './http/endpoint.ts'
import { respond, serve, watch } from './http/serve.ts'
import { organizationEndpoints } from './organization/endpoints.ts'
import { contactEndpoints } from './records/contact-endpoints.ts'
import { customerEndpoints } from './records/customer-endpoints.ts'
import { followEndpoints } from './records/follow-endpoints.ts'
import { moreEndpoints } from './records/more-endpoints.ts'

/** A body that is no JSON is an unhandled exception to Cordys. */
const badBody: ErrorRequestHandler = (error, _request, response, _next) => {
  response.status(500).json({ code: 100500, message: 'JSON parse error', messageDetail: String(error), data: null })
}

/** The fake as an Express app. */
export function createApp(world: World): Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.use('/__sandbox', controlRoutes(world))
  app.use(express.json({ limit: '10mb' }), badBody, watch(world))

  // Anonymous paths (cordys-api §2.4)
  app.get('/get-key', respond(() => world.loginKey.publicKey))
  app.post('/login', respond((request, response) => login(world, request, response)))
  app.get('/is-login', respond(request => isLogin(world, request)))
  app.get('/logout', respond(request => logout(world, request)))
  app.get('/sso/callback/oauth/state/:flow', respond((request, response) => oauthState(world, String(request.params.flow), request, response)))
  app.get('/sso/callback/oauth/ding-talk', respond((request, response) => dingTalkCallback(world, request, response)))

  const endpoints = [
    get('/get-auth', ({ user, session, request }) => {
      refuseMobile(world, request)
      return sessionUser(world, user, session)
    }),
    ...organizationEndpoints,
    ...customerEndpoints,
    ...contactEndpoints,
    ...followEndpoints,
    ...moreEndpoints,
  ]
  for (const endpoint of endpoints)
    app[endpoint.method === 'GET' ? 'get' : 'post'](endpoint.path, serve(world, endpoint))

  // An endpoint that does not exist (cordys-api, rule 9): an empty 200 for GET, 405 otherwise; logged in first.
  const known = new Set(endpoints.map(({ path }) => path))
  app.all('/{*path}', (request, response, next) =>
    serve(world, {
      method: 'GET',
      path: request.path,
      handle: ({ response }) => {
        if (request.method === 'GET' && !known.has(request.path))
          return void response.status(200).end()
        return void response.status(405).json({ code: 405, message: `Request method '${request.method}' is not supported`, messageDetail: null, data: null })
      },
    })(request, response, next))
  app.use(((error, _request, response, _next) => {
    console.error('sandbox cordys:', error)
    response.status(599).json({ error: String(error) })
  }) satisfies ErrorRequestHandler)
  return app
}
