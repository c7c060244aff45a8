import type { Change, RecordedChange, UndoReason } from '../changes/types.ts'
import type { State } from '../state.ts'
import type { Whole } from './together.ts'
import { isBookKeeping } from '../changes/types.ts'
import { invert } from './invert.ts'
import { createStill } from './still.ts'
import { createOutcome } from './together.ts'

export interface UndoPlan {
  /** The ids of the changes to take back. */
  take: ReadonlySet<string>
  /** The ids of those that are not, with the reason. */
  refused: ReadonlyMap<string, UndoReason>
}

/** Account → whether they can log in now: active, with a member whom DingTalk shows. Of every administrator. */
export type Administrators = ReadonlyMap<string, boolean>

/**
 * Which of a run's changes can be taken back: those whose result is still there unchanged and whose inverses, all
 * together, leave no hole (a department with people in it, a parent that is missing, a userid held twice, no
 * administrator). Pure. Changes come in batches with what we hold of those they are about, and only what has to be
 * compared with others is kept: a first sync of a large company has recorded 100,000.
 */
export function createUndoPlan(administrators: Administrators) {
  const take = new Set<string>()
  const refused = new Map<string, UndoReason>()
  /** Inverses that have to fit with others, and those that concern administrators. */
  const together = new Map<string, Change>()
  const standings = new Map<string, Change>()
  /** Accounts that are removed again, and accounts whose manager is the one of before again. */
  const removed = new Map<string, { changeId: string, departmentIds: string[] }>()
  const managed = new Set<string>()
  const refuse = (id: string, { kind }: Pick<Change, 'kind'>, reason: UndoReason) => {
    take.delete(id)
    // Book-keeping that has gone on since is no news to anybody.
    if (!isBookKeeping(kind))
      refused.set(id, reason)
  }

  return {
    /** `used`, `reassigned`: see createStill. */
    add(changes: RecordedChange[], held: Pick<State, 'departments' | 'accounts' | 'unbound' | 'memberships'>, used: ReadonlySet<string>, reassigned?: ReadonlySet<string>): void {
      const still = createStill(held, used, reassigned)
      for (const change of changes) {
        const reason = still(change)
        if (reason) {
          refuse(change.id, change, reason)
          continue
        }
        take.add(change.id)
        const inverse = invert(change)
        if (administrators.has(inverse.targetId ?? ''))
          standings.set(change.id, inverse)
        if (inverse.kind === 'account.remove')
          removed.set(inverse.targetId ?? '', { changeId: change.id, departmentIds: inverse.before?.departments?.map(({ departmentId }) => departmentId) ?? [] })
        else if (hasToFit(inverse))
          together.set(change.id, inverse)
        if (inverse.kind === 'account.update' && inverse.before?.managerId)
          managed.add(inverse.targetId ?? '')
      }
    },

    /** userids that are claimed back: who holds them now matters. */
    claimed: (): string[] => Array.from(together.values(), ({ kind, after }) => (kind.startsWith('binding.') ? (after?.userid ?? []) : [])).flat(),

    /** Accounts that are removed again: who has them as their manager now matters. */
    removed: (): string[] => [...removed.keys()],

    /** With what we hold of the whole, whoever is taken back included. */
    settle(whole: Whole): UndoPlan {
      keepManagers(whole.reports)
      const leaving = new Map<string, number>()
      for (const { departmentIds } of removed.values())
        departmentIds.forEach(departmentId => leaving.set(departmentId, (leaving.get(departmentId) ?? 0) + 1))
      const people = new Map(Array.from(whole.people, ([id, number]) => [id, number - (leaving.get(id) ?? 0)]))
      const holders = new Map([...whole.holders].filter(([, id]) => !removed.has(id)))
      for (let settled = false; !settled;) {
        settled = true
        const fits = createOutcome({ ...whole, people, holders }, [...together.values()])
        for (const [id, inverse] of together) {
          const reason = fits(inverse)
          if (!reason)
            continue
          settled = false
          together.delete(id)
          refuse(id, inverse, reason)
        }
      }
      const spared = spareAdministrator([...standings].filter(([id]) => take.has(id)), administrators)
      if (spared)
        refuse(...spared, 'last_administrator')
      return { take, refused }
    },
  }

  /** Whoever is the manager of somebody who stays has to stay, too, and may keep their own manager by that. */
  function keepManagers(reports: Whole['reports']): void {
    for (let settled = false; !settled;) {
      settled = true
      for (const [id, { changeId }] of removed) {
        if (!reports.get(id)?.some(report => !removed.has(report) && !managed.has(report)))
          continue
        settled = false
        removed.delete(id)
        refuse(changeId, { kind: 'account.create' }, 'in_use')
      }
    }
  }
}

function hasToFit({ kind }: Change): boolean {
  return kind === 'department.create' || kind === 'department.move' || kind === 'department.remove' || kind === 'account.move' || kind.startsWith('binding.')
}

/** Taking back may disable or remove administrators; one has to stay. @returns the change to leave for that */
function spareAdministrator(taken: Array<[id: string, change: Change]>, administrators: Administrators): [id: string, change: Change] | undefined {
  const leaving = taken.filter(([, { kind }]) => kind === 'account.disable' || kind === 'account.remove')
  const returning = taken.some(([, { kind }]) => kind === 'account.reenable')
  const gone = new Set(leaving.map(([, { targetId }]) => targetId))
  const staying = [...administrators].some(([id, canLogIn]) => canLogIn && !gone.has(id))
  return staying || returning ? undefined : leaving[0]
}
