import { z } from 'zod'
import { DingTalkError } from '../../dingtalk/index.ts'

/** Why a run of ours stops although every call went well; worded in failure-texts.ts. */
export type FailureReason
  = 'scope_empty' | 'no_members' | 'changed_underway' | 'department_unreadable' | 'interrupted' | 'shutdown' | 'last_administrator' | 'internal'

export class SyncFailure extends Error {
  override name = 'SyncFailure'
  readonly reason: FailureReason
  /** Values for the `{name}` places in the text. */
  readonly values: Record<string, string | number>

  constructor(reason: FailureReason, values: Record<string, string | number> = {}) {
    super(reason)
    this.reason = reason
    this.values = values
  }
}

/** A failure as a run stores it: without words, so that each reader gets it in their language. */
export const storedFailure = z.object({
  reason: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  dingtalk: z
    .object({
      reason: z.string(),
      api: z.string(),
      httpStatus: z.number(),
      outcome: z.enum(['rejected', 'unknown']),
      text: z.string().optional(),
      errcode: z.number().optional(),
      requestId: z.string().optional(),
      retryAfter: z.number().optional(),
      ip: z.string().optional(),
      appKey: z.string().optional(),
      clientId: z.string().optional(),
      requiredScopes: z.array(z.string()).optional(),
      applyUrl: z.string().optional(),
    })
    .optional(),
})
export type StoredFailure = z.output<typeof storedFailure>

/** Any error as it is stored; what we did not foresee is `internal`, and its details are only logged. */
export function toStoredFailure(error: unknown): StoredFailure {
  if (error instanceof SyncFailure)
    return { reason: error.reason, values: error.values }
  if (!(error instanceof DingTalkError))
    return { reason: 'internal', values: {} }
  return {
    reason: 'dingtalk',
    values: {},
    dingtalk: {
      reason: error.reason,
      api: error.api,
      httpStatus: error.httpStatus,
      outcome: error.outcome,
      text: error.text,
      errcode: error.errcode,
      requestId: error.requestId,
      retryAfter: error.retryAfter,
      ip: error.ip,
      appKey: error.appKey,
      clientId: error.clientId,
      requiredScopes: error.requiredScopes,
      applyUrl: error.applyUrl,
    },
  }
}
