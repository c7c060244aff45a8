/** The whole schema, on PGlite and PostgreSQL ≥ 15 alike; a file an area. */
export * from './audit.ts'
export * from './crm.ts'
export * from './directory.ts'
export * from './notifications.ts'
export * from './sessions.ts'
export * from './settings.ts'
export * from './sync.ts'
