import { ContainerError, toContainerError } from './errors.ts'

/**
 * The SDK never times out: without a bridge its promises stay pending for ever (dingtalk-jsapi
 * §0.4). Every call goes through here; `limit` in milliseconds.
 * @throws ContainerError
 */
export function withTimeout<T>(call: () => Promise<T>, limit: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new ContainerError('timeout', 'timeout', `no answer within ${limit} ms`)), limit)
    const settle = () => clearTimeout(timer)
    call().then(
      (value) => {
        settle()
        resolve(value)
      },
      (reason: unknown) => {
        settle()
        reject(toContainerError(reason))
      },
    )
  })
}
