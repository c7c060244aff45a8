import type { Failure, Sighting } from './types.ts'
import { explainReason } from '../../dingtalk/index.ts'

/** The failure that came after the last success: whether it worked before says nothing of now. */
export function failedSince(known: Sighting | undefined): { failed: Failure, at: Date } | undefined {
  if (!known?.failed || !known.failedAt || (known.okAt && known.okAt >= known.failedAt))
    return undefined
  return { failed: known.failed, at: known.failedAt }
}

/** The same of a login: one person outside the visible range says nothing about the others who got in. */
export function loginFailedSince(known: Sighting | undefined): ReturnType<typeof failedSince> {
  const since = failedSince(known)
  return since && known?.okAt && explainReason(since.failed.reason, 'zh-CN').kind === 'scope' ? undefined : since
}

/** Whether a login is known to work: somebody got in by it, and it has not failed since. */
export function loginProven(known: Sighting | undefined): boolean {
  return Boolean(known?.okAt) && loginFailedSince(known) === undefined
}
