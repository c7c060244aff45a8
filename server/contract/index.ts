import type { RouteInput, RouteOutput } from './route.ts'
import { connectionRoutes } from './connection.ts'
import { crmRoutes } from './crm/index.ts'
import { deliveryRoutes } from './delivery/index.ts'
import { directoryRoutes } from './directory.ts'
import { handoverRoutes } from './handover.ts'
import { messageRoutes } from './messages/index.ts'
import { peopleRoutes } from './people/index.ts'
import { sessionRoutes } from './session.ts'
import { settingsRoutes } from './settings.ts'
import { syncRoutes } from './sync/index.ts'

/** The whole HTTP API under /api. */
export const api = {
  ...sessionRoutes,
  ...settingsRoutes,
  ...connectionRoutes,
  ...syncRoutes,
  ...directoryRoutes,
  ...handoverRoutes,
  ...crmRoutes,
  ...messageRoutes,
  ...deliveryRoutes,
  ...peopleRoutes,
}

export type Api = typeof api
export type ApiKey = keyof Api
export type ApiInput<K extends ApiKey> = RouteInput<Api[K]>
export type ApiOutput<K extends ApiKey> = RouteOutput<Api[K]>
