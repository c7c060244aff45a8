import { DingTalkError } from '../errors/dingtalk-error.ts'

/** The answer during an IP ban (dingtalk-server-api §9.1): nothing is sent, and the remaining time is told. */
export function banned(api: string, remainingMs: number): DingTalkError {
  return new DingTalkError({ reason: 'ip_banned', api, httpStatus: 0, outcome: 'rejected', retryAfter: Math.max(1, Math.ceil(remainingMs / 1000)) })
}
