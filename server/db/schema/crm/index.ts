export * from './activity.ts'
export * from './around.ts'
export * from './customer.ts'
export * from './sales.ts'
