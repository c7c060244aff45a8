export { createEmbeddedCrm } from './embedded/index.ts'
export { ownedRecords } from './embedded/owned.ts'
export type { Actor, CrmGateway } from './gateway.ts'
export { crmRoutes } from './routes.ts'
