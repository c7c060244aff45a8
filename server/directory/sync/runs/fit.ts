import type { Change, Values } from '../changes/types.ts'
import type { MatchField } from '../plan/matching/values.ts'
import type { HeldAccount, State, UnboundAccount } from '../state.ts'
import { comparable } from '../plan/matching/values.ts'
import { createStill } from '../undo/still.ts'

/** `fits`: what it was planned from is still there. `done`: somebody has made it already. `not`: neither. */
export type Fit = 'fits' | 'done' | 'not'

/** What all the changes of a plan make or give up. */
export interface PlanWhole {
  /** Departments that the plan moves or removes. */
  leaving: ReadonlySet<string>
  /** userids whose holders give them up by the plan. */
  released: ReadonlySet<string>
  /** Who holds each userid that the plan gives to somebody. */
  holders: ReadonlyMap<string, { accountId: string, unionid: string }>
  /** Under which userids each person is held whom the plan gives an account, by unionid. */
  known: ReadonlyMap<string, readonly string[]>
  edited: Edited
}

/** Accounts made or changed since the plan was begun: somebody whom the plan gives a new one may be meant by them now. */
export interface Edited {
  ids: ReadonlySet<string>
  /** What they are known by, for each rule of matching, in order. */
  values: ReadonlyMap<MatchField, ReadonlySet<string>>
}

const inverse: Partial<Record<Change['kind'], Change['kind']>> = { 'department.remove': 'department.rename', 'account.disable': 'account.reenable' }

/** Tells of each planned change whether it still fits what we hold. Pure. */
export function createFit(state: Pick<State, 'departments' | 'accounts' | 'unbound' | 'memberships' | 'allData'>, { leaving, released, holders, known, edited }: PlanWhole): (change: Change) => Fit {
  const still = createStill(state, new Set())
  const people = new Map<string, UnboundAccount & Partial<HeldAccount>>([...state.accounts, ...state.unbound].map(entry => [entry.id, entry]))
  const departments = new Map(state.departments.map(entry => [entry.id, entry]))
  const deptIds = new Set(state.departments.map(({ deptId }) => deptId))
  const isThere = (change: Change) => still(change) === undefined
  /** What it was planned from, asked as if it were what a change had made. */
  const isBefore = (change: Change) => isThere({ ...change, kind: inverse[change.kind] ?? change.kind, before: change.after, after: change.before })
  const verdict = (fits: boolean, done: boolean): Fit => (fits ? 'fits' : done ? 'done' : 'not')
  /** Nobody else has the userid, and the person is not held under another one: by now, or once the plan is made. */
  const isFree = (after: Values | null) =>
    (after?.userid === undefined || !holders.has(after.userid) || released.has(after.userid))
    && (known.get(after?.unionid ?? '') ?? []).every(userid => userid === after?.userid || released.has(userid))

  /** Nobody but them is known by what a newcomer is known by. */
  const isNew = (after: Values | null) => Array.from(edited.values).every(([by, taken]) => !taken.has(comparable(by, after?.[by])))
  /** The rules would still give them this account, without asking. */
  const isMeant = (person: UnboundAccount, { reason }: Change) => {
    const by = reason.values?.by as MatchField
    return person.role === 'member' && person.status === 'active' && !state.allData?.has(person.id)
      && !edited.ids.has(person.id) && !edited.values.get(by)?.has(comparable(by, person[by]))
  }

  return (change) => {
    const { kind, targetId, userid, before, after, reason } = change
    const id = targetId ?? ''
    const person = people.get(id)
    switch (kind) {
      case 'department.create':
        return verdict(!deptIds.has(after?.deptId ?? null), true)
      case 'department.remove':
        return verdict(isBefore(change) && state.departments.every(({ id: child, parentId }) => parentId !== id || leaving.has(child)), !departments.has(id))
      case 'account.create': {
        const holder = holders.get(after?.userid ?? '')
        return verdict(isFree(after) && (reason.key !== 'new' || isNew(after)), holder?.unionid === after?.unionid)
      }
      case 'account.update':
        return verdict(Object.keys(after ?? {}).every(name => isOne(person, name as keyof Values, before, after)), false)
      case 'account.disable':
        return verdict(isStanding(person, before) && person?.userid === userid, person?.status === 'disabled')
      case 'account.reenable':
        return verdict(isStanding(person, before), person?.status === 'active')
      case 'binding.create':
        return verdict(person !== undefined && person.userid === undefined && isFree(after) && (reason.key !== 'matched' || isMeant(person, change)), isThere(change))
      case 'binding.change':
        return verdict(person?.userid === before?.userid && person?.unionid === before?.unionid && isFree(after), isThere(change))
      case 'mark.binding':
      case 'mark.department':
        return isBefore(change) ? 'fits' : 'done'
      case 'conflict':
        return 'fits'
      default:
        return verdict(isBefore(change), isThere(change))
    }
  }
}

/** A field says what it said, or already what it shall say. */
function isOne(person: object | undefined, name: keyof Values, before: Values | null, after: Values | null): boolean {
  const held = (person as Record<string, unknown> | undefined)?.[name] ?? null
  return person !== undefined && (held === (before?.[name] ?? null) || held === (after?.[name] ?? null))
}

function isStanding(person: UnboundAccount | undefined, before: Values | null): boolean {
  return person !== undefined && person.status === before?.status && person.disabledBy === (before.disabledBy ?? null)
}
