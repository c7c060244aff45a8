import { inboxRoutes } from './inbox.ts'

export * from './inbox.ts'
export * from './kinds.ts'

/** Messages to people: the inbox, and how messages are written and to whom. */
export const messageRoutes = { ...inboxRoutes }
