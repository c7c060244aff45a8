import type { Change, RecordedChange, UndoReason } from '../changes/types.ts'
import type { State } from '../state.ts'
import { invert } from './invert.ts'
import { createStill } from './still.ts'
import { createOutcome } from './together.ts'

export interface UndoPlan {
  /** The inverse changes to make, by the id of the change they take back. */
  take: Map<string, Change>
  /** The inverse changes that are not made, with the reason. */
  refused: Array<{ change: Change, reason: UndoReason }>
}

/**
 * Which of a run's changes can be taken back: those whose result is still there unchanged and whose inverses, all
 * together, leave no hole (a department with people in it, a parent that is missing, a userid held twice, no
 * administrator). Pure.
 */
export function planUndo(changes: RecordedChange[], state: State, used: ReadonlySet<string>): UndoPlan {
  const still = createStill(state, used)
  const plan: UndoPlan = { take: new Map(), refused: [] }
  const refuse = (change: Change, reason: UndoReason) => {
    // Book-keeping that has gone on since is no news to anybody.
    if (!change.kind.startsWith('mark.'))
      plan.refused.push({ change, reason })
  }
  for (const change of changes) {
    const reason = still(change)
    if (reason)
      refuse(invert(change), reason)
    else plan.take.set(change.id, invert(change))
  }
  for (let settled = false; !settled;) {
    settled = true
    const fits = createOutcome(state, [...plan.take.values()])
    for (const [id, inverse] of plan.take) {
      const reason = fits(inverse)
      if (!reason)
        continue
      settled = false
      plan.take.delete(id)
      refuse(inverse, reason)
    }
  }
  keepAnAdministrator(plan, state, refuse)
  return plan
}

/** Taking back may disable or remove administrators; one has to stay. */
function keepAnAdministrator({ take }: UndoPlan, state: State, refuse: (change: Change, reason: UndoReason) => void): void {
  const roles = new Map([...state.accounts, ...state.unbound].map(({ id, role, status }) => [id, { role, status }]))
  const isAdmin = ({ targetId }: Change) => roles.get(targetId ?? '')?.role === 'admin'
  const leaving = [...take].filter(([, change]) => (change.kind === 'account.disable' || change.kind === 'account.remove') && isAdmin(change))
  const returning = [...take.values()].filter(change => change.kind === 'account.reenable' && isAdmin(change))
  const active = [...roles.values()].filter(({ role, status }) => role === 'admin' && status === 'active').length
  const [spared] = leaving
  if (!spared || active - leaving.length + returning.length > 0)
    return
  take.delete(spared[0])
  refuse(spared[1], 'last_administrator')
}
