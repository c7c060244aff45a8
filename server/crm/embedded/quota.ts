import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { AppError } from '../../http/app-error.ts'

/** At most so much a minute for each account. */
export function createQuota(aMinute: number) {
  const limiter = new RateLimiterMemory({ points: aMinute, duration: 60 })
  return {
    /** @throws {AppError} rate_limited when the account has used it up */
    async take(accountId: string): Promise<void> {
      await limiter.consume(accountId).catch((rejected: unknown) => {
        throw rejected instanceof RateLimiterRes ? new AppError('rate_limited', { retryAfter: rejected.msBeforeNext / 1000 }) : rejected
      })
    },
  }
}
