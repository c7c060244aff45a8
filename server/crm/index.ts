export { createEmbeddedCrm } from './embedded/index.ts'
export type { Actor, CrmGateway } from './gateway.ts'
