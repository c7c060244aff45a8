export { ApiError, isApiError, isCancelled } from './errors.ts'
export type { ApiErrorCode, NetworkCode } from './errors.ts'
export { follow } from './events.ts'
export { request } from './request.ts'
