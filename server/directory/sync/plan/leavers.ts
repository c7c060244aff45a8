import type { SnapshotMember } from '../snapshot.ts'
import type { HeldAccount } from '../state.ts'
import type { PeoplePlan } from './accounts.ts'
import type { Input } from './input.ts'
import type { BindingMarks, Kept } from './types.ts'
import { missOnce, pickMarks, sameMarks, seenMarks } from './missing.ts'

interface Known {
  /** Accounts about which everything is said. */
  settled: ReadonlySet<string>
  /** userids that the settings leave out. */
  excluded: ReadonlySet<string>
  members: ReadonlyMap<string, SnapshotMember>
  isAnother: (unionid: string | undefined, held: string) => boolean
}

/**
 * Bound people whom the snapshot does not show, or the settings leave out. "Gone" disables when the grace is over,
 * "out of scope" keeps and marks, anything else keeps.
 */
export function planLeavers(
  { snapshot, state, findings, settings, now }: Input,
  plan: PeoplePlan,
  { settled, excluded, members, isAnother }: Known,
): void {
  const partial = snapshot.partial ?? false
  for (const held of state.accounts) {
    if (settled.has(held.id))
      continue
    const shown = members.get(held.userid)
    if (!shown)
      miss(held)
    // Another person has the userid now: that conflict is reported, and this account is left alone.
    else if (excluded.has(held.userid) && !isAnother(shown.unionid, held.unionid))
      leaveOut(held, 'excluded')
  }

  function miss(held: HeldAccount): void {
    const verdict = findings.people.get(held.userid)
    // Known to be gone, and done with; DingTalk would have shown them again had they come back.
    if ((held.state === 'gone' && held.status === 'disabled') || (partial && verdict === undefined))
      return
    if (verdict === 'outOfScope') {
      leaveOut(held, 'out_of_scope')
      return
    }
    if (verdict !== 'gone') {
      keep(held, 'uncertain')
      return
    }
    // Nothing is taken from somebody who is disabled already, so there is nothing to wait for.
    const grace = held.status === 'active' ? settings.grace : { unit: 'runs' as const, value: 0 }
    const { marks, over } = missOnce(held, grace, now, partial)
    mark(held, marks)
    if (!over)
      keep(held, 'grace')
    else if (held.status === 'active')
      plan.accounts.disable.push({ held, reason: over })
  }

  function leaveOut(held: HeldAccount, why: 'out_of_scope' | 'excluded'): void {
    mark(held, seenMarks(held, 'out_of_scope'))
    keep(held, why)
  }

  function keep({ userid, name }: HeldAccount, why: Kept['why']): void {
    plan.kept.push({ userid, name, why })
  }

  function mark(held: HeldAccount, after: BindingMarks): void {
    if (!sameMarks(held, after))
      plan.bindings.mark.push({ userid: held.userid, accountId: held.id, before: pickMarks(held), after })
  }
}
