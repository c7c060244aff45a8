export { syncRoutes } from './routes.ts'
export { createSync } from './runs/index.ts'
export type { Sync, SyncOptions } from './runs/index.ts'
