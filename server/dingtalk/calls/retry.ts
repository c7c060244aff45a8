import type { DingTalkError } from '../errors/dingtalk-error.ts'
import type { Priority } from '../options.ts'
import { throttleOf } from '../errors/classify.ts'

/**
 * What may be sent twice. `read`: everything without an effect. `once`: one-time codes and messages; they are
 * repeated only when the first attempt was certainly not executed, because a code is consumed by the first
 * exchange (dingtalk-server-api §2.3) and a message must not arrive twice.
 */
export type RetryPolicy = 'read' | 'once'

/** Retries after the first attempt (§9.2). */
export const maxRetries = 3

/** How far away, in seconds, an end that DingTalk names may be: at a button somebody waits, behind a sync nobody. */
const patience: Record<Priority, number> = { login: 30, interactive: 30, sync: 300, background: 300 }

/** So many web pages in a row, without a single good answer to any call meanwhile, are an IP ban. */
export const pagesOfBan = 3

/** Failures that another attempt cannot mend although the answer is not a business error. */
const final = new Set(['ip_banned', 'too_large', 'unexpected_shape', 'not_configured', 'busy'])

/**
 * Milliseconds to wait before the next attempt, or undefined when there must be none. `attempt` is 1 for the
 * first one that failed; `random` (0..1) is the jitter that keeps several clients apart.
 */
export function retryDelay(error: DingTalkError, policy: RetryPolicy, attempt: number, random: number, priority: Priority = 'interactive'): number | undefined {
  if (attempt > maxRetries || (final.has(error.reason) && !error.webPage))
    return undefined
  const backoff = 2 ** (attempt - 1) * 1000 + random * 500
  if (error.webPage)
    return policy === 'read' ? backoff : undefined
  if (throttleOf(error.reason, error.httpStatus)) {
    // the limiter already rests this API; when it takes too long the caller should decide
    return (error.retryAfter ?? 0) > patience[priority] ? undefined : Math.max(backoff, (error.retryAfter ?? 0) * 1000)
  }
  const neverSent = error.reason === 'network' && error.outcome === 'rejected'
  if (neverSent || (policy === 'read' && error.outcome === 'unknown'))
    return backoff
  return undefined
}
