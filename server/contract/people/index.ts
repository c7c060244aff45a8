import { accountRoutes } from './accounts.ts'
import { auditRoutes } from './audit.ts'
import { calendarRoutes } from './calendar.ts'
import { loginRoutes } from './logins.ts'
import { roleRoutes } from './roles.ts'
import { visitorRoutes } from './visitors.ts'

export * from './accounts.ts'
export * from './audit.ts'
export * from './calendar.ts'
export * from './logins.ts'
export * from './rights.ts'
export * from './roles.ts'

/** People and what concerns them: accounts, roles, logs, the working calendar. */
export const peopleRoutes = { ...accountRoutes, ...roleRoutes, ...auditRoutes, ...loginRoutes, ...calendarRoutes, ...visitorRoutes }
