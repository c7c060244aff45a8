import { DingTalkError, explainReason } from '../../dingtalk/index.ts'

/** What an attempt to send comes to. */
export type Outcome
  /** Certainly not sent; the same call is made again after a pause. `arrived`: DingTalk answered it, and may have counted it. */
  = | { kind: 'again', reason: string, pauseMs: number | undefined, arrived: boolean }
  /** Certainly not sent, and nothing else would be either until somebody acts. `spoilt`: this one is not tried again all the same. */
    | { kind: 'stop', reason: string, spoilt: boolean }
  /** Certainly not sent because of one of several recipients. */
    | { kind: 'split', reason: string }
  /** Certainly not sent, and never will be as it is; `ours`: not for its content, so others may fare alike. */
    | { kind: 'refused', reason: string, recipient: boolean, ours: boolean }
  /** Nobody knows. */
    | { kind: 'possible', reason: string }

export const sendApi = '/topapi/message/corpconversation/asyncsend_v2'

/** What stops every message of the app, by sort of trouble (dingtalk-server-api §10, suggested mapping). */
const stopping = new Set(['token', 'permission', 'ip', 'config', 'quota'])
/** The app may not send at all, is not authorized, or its token is not taken; and a limit of messages to everybody, which stops only those. */
const stopsToo = new Set(['41044', '52021', '40000', '41001', '43007', 'AuthenticationFailed.MissingParameter'])
const stopsNot = new Set(['41045'])

/** A token that ran out, twice in a row where several calls share it; only when that goes on it is a wrong setting. */
const expired = new Set(['40014', '42001', 'InvalidAuthentication'])
const expiredAtMost = 3

/** At least one recipient is not known, or out of reach (§10.2, §10.6). */
const recipientCodes = new Set(['40031', '40003', '33012', '60121', '60111', '60120', '50002'])

/** Judges a failed attempt (dingtalk-server-api §10): what certainly was not carried out may be repeated, what perhaps was may not. */
export function judge(error: unknown, { receivers, attempts }: { receivers: number, attempts: number }): Outcome {
  if (!(error instanceof DingTalkError))
    return { kind: 'possible', reason: 'interrupted' }
  const { reason } = error
  const { kind } = explainReason(reason, 'en-US', error)
  // The token is asked for before anything is sent.
  const unsent = error.api !== sendApi
  if (error.outcome === 'unknown' && !unsent)
    return { kind: 'possible', reason }
  if (expired.has(reason) && attempts < expiredAtMost)
    return { kind: 'again', reason, pauseMs: undefined, arrived: !unsent }
  if ((stopping.has(kind) || stopsToo.has(reason)) && !stopsNot.has(reason))
    return { kind: 'stop', reason, spoilt: false }
  const lost = reason === 'network' || reason === 'timeout'
  if (unsent || lost || kind === 'throttle')
    return { kind: 'again', reason, pauseMs: error.retryAfter === undefined ? undefined : error.retryAfter * 1000, arrived: !unsent && !lost }
  if (recipientCodes.has(reason))
    return receivers > 1 ? { kind: 'split', reason } : { kind: 'refused', reason, recipient: true, ours: false }
  return { kind: 'refused', reason, recipient: false, ours: kind === 'unknown' || kind === 'format' }
}

/** Pauses before another attempt, in milliseconds; the last one goes on. */
const pauses = [5_000, 15_000, 45_000, 120_000, 300_000, 600_000]

/** After so long the news is old, and it is given up with the reason. */
export const givenUpAfterMs = 24 * 3600_000

export function pauseBefore(attempts: number, wantedMs: number | undefined): number {
  return Math.max(wantedMs ?? 0, pauses[Math.min(attempts, pauses.length) - 1] ?? pauses[0]!)
}
