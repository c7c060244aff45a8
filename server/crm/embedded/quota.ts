import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { AppError } from '../../http/app-error.ts'

export type Quota = ReturnType<typeof createQuota>

/** At most so much a minute for each account. */
export function createQuota(aMinute: number) {
  const limiter = new RateLimiterMemory({ points: aMinute, duration: 60 })
  const usedUp = ({ msBeforeNext }: RateLimiterRes) => new AppError('rate_limited', { retryAfter: msBeforeNext / 1000 })
  return {
    /** @throws {AppError} rate_limited when the account has used it up */
    async take(accountId: string): Promise<void> {
      await limiter.consume(accountId).catch((rejected: unknown) => {
        throw rejected instanceof RateLimiterRes ? usedUp(rejected) : rejected
      })
    },
    /** Takes nothing. @throws {AppError} rate_limited when the account has used it up */
    async ensure(accountId: string): Promise<void> {
      const used = await limiter.get(accountId)
      if (used && used.consumedPoints >= aMinute)
        throw usedUp(used)
    },
  }
}
