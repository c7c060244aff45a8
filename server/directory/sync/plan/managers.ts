import type { SnapshotMember } from '../snapshot.ts'
import type { Input } from './input.ts'
import type { Outcome } from './matching/index.ts'

/** The account of a member's direct manager after the plan; `current` where DingTalk does not tell one that is bound. */
export type ManagerOf = (member: SnapshotMember, own: string, current: string | null) => string | null

export function managerFinder(
  { settings, state }: Input,
  strangers: SnapshotMember[],
  outcomes: ReadonlyMap<SnapshotMember, Outcome>,
  created: ReadonlyMap<SnapshotMember, string>,
): ManagerOf {
  if (!settings.directManager)
    return (_member, _own, current) => current
  const accounts = new Map([...(state.unchanged ?? []), ...state.accounts.map(({ userid, id }) => [userid, id] as const)])
  for (const member of strangers) {
    const outcome = outcomes.get(member)
    const id = outcome?.do === 'rebind' ? outcome.held.id : outcome?.do === 'bind' ? outcome.account.id : created.get(member)
    // Whoever has a userid now without being decided about is nobody's manager yet; the former owner is not either.
    if (id === undefined)
      accounts.delete(member.userid)
    else accounts.set(member.userid, id)
  }
  return ({ managerUserid }, own, current) => {
    const found = managerUserid === undefined ? undefined : accounts.get(managerUserid)
    return found === undefined || found === own ? current : found
  }
}
