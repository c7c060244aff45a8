import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { AppError } from './app-error.ts'

/** Slows down guessing: at most `points` failures a minute from one address. Successes cost nothing. */
export interface Attempts {
  /** Runs `attempt`; a failure counts. @throws {AppError} rate_limited without running it when too many failed before */
  guard: <T>(key: string, attempt: () => Promise<T>, counts?: (error: unknown) => boolean) => Promise<T>
}

export function createAttempts(points: number): Attempts {
  const limiter = new RateLimiterMemory({ points, duration: 60 })
  return {
    async guard(key, attempt, counts = () => true) {
      const used = await limiter.get(key)
      if (used && used.consumedPoints >= points)
        throw new AppError('rate_limited', { retryAfter: used.msBeforeNext / 1000 })
      try {
        return await attempt()
      }
      catch (error) {
        if (counts(error)) {
          await limiter.consume(key).catch((rejected: unknown) => {
            if (!(rejected instanceof RateLimiterRes))
              throw rejected
          })
        }
        throw error
      }
    },
  }
}
