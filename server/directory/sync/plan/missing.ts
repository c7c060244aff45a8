import type { SyncSettings } from '#contract/sync/index.ts'
import type { HeldAccount } from '../state.ts'
import type { BindingMarks, Reason } from './types.ts'

const dayMs = 86_400_000

export interface Grace {
  marks: BindingMarks
  /** Whether the grace is over, and the words for it. */
  over: Reason | undefined
}

/**
 * The marks of somebody DingTalk called gone once more. Their grace is over when they were missing in more than
 * `value` runs, or for `value` days; a clock that was ahead once does not prolong it. Nothing is counted past that
 * end, and an event's partial run counts as a run only when it is the first to find them gone.
 */
export function missOnce(held: HeldAccount, { unit, value }: SyncSettings['grace'], now: number, partial: boolean): Grace {
  const missingSince = Math.min(held.missingSince ?? now, now)
  const missingRuns = partial && held.missingRuns > 0 ? held.missingRuns : held.missingRuns + 1
  const done = unit === 'runs' ? missingRuns > value : now - missingSince >= value * dayMs
  const marks: BindingMarks = {
    unionid: held.unionid,
    activated: held.activated,
    state: done ? 'gone' : held.state,
    missingSince,
    missingRuns: Math.max(held.missingRuns, Math.min(missingRuns, unit === 'runs' ? value + 1 : 1)),
  }
  const reason: Reason = value === 0 ? { key: 'gone' } : { key: 'gone_after_grace', values: { [unit]: value } }
  return { marks, over: done ? reason : undefined }
}

/** Seen, or known to exist: not missing any more. */
export function seenMarks(held: BindingMarks, state: 'present' | 'out_of_scope', unionid = held.unionid, activated = held.activated): BindingMarks {
  return { unionid, activated, state, missingSince: null, missingRuns: 0 }
}

export function pickMarks({ unionid, state, activated, missingSince, missingRuns }: BindingMarks): BindingMarks {
  return { unionid, state, activated, missingSince, missingRuns }
}

export function sameMarks(a: BindingMarks, b: BindingMarks): boolean {
  return (
    a.state === b.state
    && a.activated === b.activated
    && a.unionid === b.unionid
    && a.missingSince === b.missingSince
    && a.missingRuns === b.missingRuns
  )
}
