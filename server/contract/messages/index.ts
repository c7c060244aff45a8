import { announcementRoutes } from './announcements.ts'
import { inboxRoutes } from './inbox.ts'
import { preferenceRoutes } from './preferences.ts'
import { ruleRoutes } from './rules.ts'
import { templateRoutes } from './templates.ts'

export * from './announcements.ts'
export * from './inbox.ts'
export * from './kinds.ts'
export * from './preferences.ts'
export * from './rules.ts'
export * from './templates.ts'

/** Messages to people: the inbox, who is told of what in which words, and announcements. */
export const messageRoutes = { ...inboxRoutes, ...preferenceRoutes, ...ruleRoutes, ...templateRoutes, ...announcementRoutes }
