import { BlockList, isIPv6 } from 'node:net'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { AppError } from './app-error.ts'

/**
 * Slows down guessing: at most so many failures a minute (or in `seconds`) from one address. Each attempt is counted before it
 * runs and given back when it succeeds, so that many at once do not slip through together.
 */
export function createAttempts(failures: number, seconds = 60) {
  const limiter = new RateLimiterMemory({ points: failures, duration: seconds })
  return {
    /** @throws {AppError} rate_limited without running the attempt, when too many failed before */
    async guard<T>(key: string, attempt: () => Promise<T>): Promise<T> {
      await limiter.consume(key).catch((rejected: unknown) => {
        throw rejected instanceof RateLimiterRes ? new AppError('rate_limited', { retryAfter: rejected.msBeforeNext / 1000 }) : rejected
      })
      const result = await attempt()
      await limiter.reward(key)
      return result
    },
  }
}

export type Attempts = ReturnType<typeof createAttempts>

/** Without TRUST_PROXY everybody seems to come from the proxy: all private addresses share so many times one's allowance. */
const sharedBy = 20
const sharedKey = 'private'

/** The same for what is no guess but costs something each time: at most so much a minute from one address. */
export function createQuota(aMinute: number) {
  const single = new RateLimiterMemory({ points: aMinute, duration: 60 })
  const shared = new RateLimiterMemory({ points: sharedBy * aMinute, duration: 60 })
  const countedFor = (ip: string): [RateLimiterMemory, string] => isPrivate(ip) ? [shared, sharedKey] : [single, ip]
  return {
    /** @throws {AppError} rate_limited when the address has nothing left */
    async check(ip: string): Promise<void> {
      const [limiter, key] = countedFor(ip)
      const used = await limiter.get(key)
      if (used && used.remainingPoints <= 0)
        throw new AppError('rate_limited', { retryAfter: used.msBeforeNext / 1000 })
    },

    async take(ip: string): Promise<void> {
      const [limiter, key] = countedFor(ip)
      await limiter.penalty(key)
    },

    /** It came to a good end, which costs nobody behind the same address anything. */
    async giveBack(ip: string): Promise<void> {
      const [limiter, key] = countedFor(ip)
      if (((await limiter.get(key))?.consumedPoints ?? 0) > 0)
        await limiter.reward(key)
    },
  }
}

export type Quota = ReturnType<typeof createQuota>

const privateNetworks = new BlockList()
for (const [network, prefix] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  privateNetworks.addSubnet(network, prefix)
privateNetworks.addAddress('::1', 'ipv6')
privateNetworks.addSubnet('fc00::', 7, 'ipv6')

function isPrivate(ip: string): boolean {
  return privateNetworks.check(ip, isIPv6(ip) ? 'ipv6' : 'ipv4')
}
