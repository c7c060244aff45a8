import type { ErrorRequestHandler, Express } from 'express'
import type { World } from './world/world.ts'
import express from 'express'
import { appEndpoints } from './apps/endpoints.ts'
import { adminEndpoints } from './contacts/admin-endpoints.ts'
import { departmentEndpoints } from './contacts/department-endpoints.ts'
import { leaveRecords } from './contacts/leave-records.ts'
import { roleEndpoints } from './contacts/roles.ts'
import { searchEndpoints } from './contacts/search-endpoints.ts'
import { userEndpoints } from './contacts/user-endpoints.ts'
import { controlRoutes } from './control/routes.ts'
import { failedEvents } from './events/http/failed-endpoint.ts'
import { openConnection } from './events/stream/open-endpoint.ts'
import { mount } from './gateway/mount.ts'
import { mountUnknown } from './gateway/unknown.ts'
import { getUserInfo } from './login/getuserinfo.ts'
import { oauthPage } from './login/oauth-page.ts'
import { userAccessToken } from './login/user-token-endpoint.ts'
import { usersMe } from './login/users-me.ts'
import { mediaUpload } from './media/upload.ts'
import { send } from './messages/send.ts'
import { trackEndpoints } from './messages/track.ts'
import { todoEndpoints } from './todos/endpoints.ts'
import { tokenEndpoints } from './tokens/endpoints.ts'

/** A request the HTTP layer itself refuses (too large, cut off, broken control JSON), by its status. */
function refusedStatus(error: unknown): number | undefined {
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined
}

/** Anything else is a bug of the sandbox: loud on the console, and no answer that could be mistaken for DingTalk's. */
const onError: ErrorRequestHandler = (error, _request, response, next) => {
  const refused = refusedStatus(error)
  if (refused === undefined)
    console.error('sandbox platform:', error)
  if (response.headersSent)
    next(error)
  else response.status(refused ?? 599).json({ error: String(error) })
}

/** Both API families, the OAuth page and the control API in one Express app. */
export function createApp(world: World): Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.use('/__sandbox', controlRoutes(world))
  app.get('/oauth2/auth', oauthPage(world))
  // Bodies stay raw: what they mean depends on the family, and a broken one needs its documented answer.
  app.use(express.raw({ type: () => true, limit: '25mb' }))
  mount(app, world, [
    ...tokenEndpoints,
    getUserInfo,
    userAccessToken,
    usersMe,
    ...departmentEndpoints,
    ...userEndpoints,
    ...adminEndpoints,
    ...roleEndpoints,
    ...searchEndpoints,
    leaveRecords,
    send,
    ...trackEndpoints,
    ...todoEndpoints,
    mediaUpload,
    failedEvents,
    openConnection,
    ...appEndpoints,
  ])
  mountUnknown(app, world)
  app.use(onError)
  return app
}
