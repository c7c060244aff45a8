import type { OwnedRecordsPort } from './owned-records.ts'
import { giveBack, handOver, handOverAll } from './embedded/hand-over.ts'
import { ownedRecords as count } from './embedded/owned.ts'

export { createCordysCrm } from './cordys/index.ts'
export { createEmbeddedCrm } from './embedded/index.ts'
export { reminders as embeddedReminders } from './embedded/reminders.ts'
export { recordsInSight } from './embedded/sight.ts'
export { takeOverRest } from './embedded/take-over.ts'
export { plansDue } from './embedded/workbench/plans-due.ts'
export { plansForTodos } from './embedded/workbench/plans-for-todos.ts'
export type { CrmEvent, CrmEventType, PublishCrmEvents } from './events.ts'
export { crmEventTypes } from './events.ts'
export type { Actor, CrmGateway } from './gateway.ts'
export { noCrmLogin } from './login-routes.ts'
export type { GivenBack, Moved, OwnedRecordsPort } from './owned-records.ts'
export type { CrmReminders, DuePlan, WeekFigures } from './reminders.ts'
export { crmRoutes } from './routes.ts'

/** Records owned in the CRM here. */
export const ownedRecords: OwnedRecordsPort = { count, handOver, handOverAll, giveBack }
