import axios from 'axios'
import { basePath } from '../support/base.ts'
import { errorFromAnswer } from './answer.ts'
import { ApiError } from './errors.ts'

/** Axios on our own origin; every failure except a cancellation leaves as an ApiError. */
export const http = axios.create({
  baseURL: typeof document === 'undefined' ? '/' : basePath(),
  timeout: 20_000,
  headers: { Accept: 'application/json' },
})

http.interceptors.response.use(
  answer => answer,
  (error: unknown) => {
    throw asApiError(error)
  },
)

/** Axios' error as ours; cancellations pass unchanged. */
export function asApiError(error: unknown): unknown {
  if (axios.isCancel(error) || !axios.isAxiosError(error))
    return error
  const { response } = error
  if (response) {
    return errorFromAnswer(response.status, response.data, {
      retryAfter: String(response.headers['retry-after'] ?? ''),
      requestId: String(response.headers['x-request-id'] ?? ''),
    })
  }
  if (error.code === 'ECONNABORTED' || error.code === 'ETIMEDOUT')
    return new ApiError({ code: 'timeout', status: 0 })
  return new ApiError({ code: navigator.onLine ? 'network' : 'offline', status: 0 })
}
