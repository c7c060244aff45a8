import type { Change, RecordedChange, UndoReason } from '../changes/types.ts'
import type { State } from '../state.ts'
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

/**
 * Which of a run's changes can be taken back: those whose result is still there unchanged and whose inverses, all
 * together, leave no hole (a department with people in it, a parent that is missing, a userid held twice, no
 * administrator). Pure. Changes come one by one, and only what this needs to know of them is kept: a first sync of a
 * large company has recorded 100,000. `used`: accounts that have logged in or own records.
 */
export function createUndoPlan(state: State, used: ReadonlySet<string>) {
  const still = createStill(state, used)
  const take = new Map<string, Change>()
  const refused = new Map<string, UndoReason>()
  const refuse = (id: string, { kind }: Pick<Change, 'kind'>, reason: UndoReason) => {
    // Book-keeping that has gone on since is no news to anybody.
    if (!isBookKeeping(kind))
      refused.set(id, reason)
  }

  return {
    add(change: RecordedChange): void {
      const reason = still(change)
      if (reason)
        refuse(change.id, change, reason)
      else take.set(change.id, outline(invert(change)))
    },

    settle(): UndoPlan {
      for (let settled = false; !settled;) {
        settled = true
        const fits = createOutcome(state, [...take.values()])
        for (const [id, inverse] of take) {
          const reason = fits(inverse)
          if (!reason)
            continue
          settled = false
          take.delete(id)
          refuse(id, inverse, reason)
        }
      }
      const spared = spareAdministrator(take, state)
      if (spared !== undefined) {
        refuse(spared, take.get(spared)!, 'last_administrator')
        take.delete(spared)
      }
      return { take: new Set(take.keys()), refused }
    },
  }
}

/** A change without what only matters once it is written: most are new accounts, each with all its fields. */
function outline(change: Change): Change {
  if (change.kind !== 'account.remove' && change.kind !== 'account.update' && change.kind !== 'mark.binding')
    return change
  const { kind, targetType, targetId, userid, reason, before } = change
  return { kind, targetType, targetId, userid, name: '', reason, before: before?.userid === undefined ? null : { userid: before.userid }, after: null }
}

/** Taking back may disable or remove administrators; one has to stay. @returns the change to leave for that */
function spareAdministrator(take: ReadonlyMap<string, Change>, state: State): string | undefined {
  const administrators = new Map<string, string>()
  for (const list of [state.accounts, state.unbound]) {
    for (const { id, role, status } of list) {
      if (role === 'admin')
        administrators.set(id, status)
    }
  }
  const leaving: Array<[id: string, change: Change]> = []
  let returning = 0
  for (const [id, change] of take) {
    if (!administrators.has(change.targetId ?? ''))
      continue
    if (change.kind === 'account.disable' || change.kind === 'account.remove')
      leaving.push([id, change])
    if (change.kind === 'account.reenable')
      returning++
  }
  const active = [...administrators.values()].filter(status => status === 'active').length
  const [spared] = leaving
  return spared && active - leaving.length + returning <= 0 ? spared[0] : undefined
}
