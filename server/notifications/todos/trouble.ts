import type { DingTalkError } from '../../dingtalk/index.ts'
import { explainReason } from '../../dingtalk/index.ts'

/** What a failed call for one to-do means for it and for the others. */
export type Trouble
  /** Each of the others would fail alike, and cost a call: all of them wait. */
  = | { kind: 'stop' }
  /** It passes. */
    | { kind: 'again' }
  /** DingTalk does not take this one as it is. */
    | { kind: 'failed' }

/** By sort of trouble (dingtalk-server-api §10): permissions, settings and the month's calls hold for every to-do. */
const stopping = new Set(['permission', 'ip', 'config', 'quota'])
/** A token that ran out is renewed; only when that goes on it is a wrong setting. */
const tokensAtMost = 3
const attemptsAtMost = 6

export function judgeTodo(error: DingTalkError, attempts: number): Trouble {
  const { kind } = explainReason(error.reason, 'en-US', error)
  if (stopping.has(kind) || (kind === 'token' && attempts >= tokensAtMost))
    return { kind: 'stop' }
  const refused = error.outcome === 'rejected' && error.reason.endsWith('Error') && !/(?:lock|flowControl|system)Error$/.test(error.reason)
  return refused || attempts >= attemptsAtMost ? { kind: 'failed' } : { kind: 'again' }
}
