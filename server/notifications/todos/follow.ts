import type { TodoParts } from './parts.ts'
import type { PlanSource } from './types.ts'
import { openTodos, readMark, want, writeMark } from './store.ts'

/** Plans of one look. */
const atOnce = 200
/** Reading goes back a little: transactions do not commit in the order of their times. */
const overlapMs = 60_000

export function createFollower({ db, now }: Pick<TodoParts, 'db' | 'now'>) {
  let compared: string | undefined

  /** Writes down what has changed in the CRM: by its time, and what has no new time (deletions) by comparing. */
  async function follow(plans: PlanSource): Promise<void> {
    const { from, seen } = await readMark(db, now())
    let since = new Date(Math.max(from, seen - overlapMs))
    let afterId: string | undefined
    for (let full = true; full;) {
      const changed = await plans.changedSince(since, atOnce, afterId)
      await want(db, changed, now())
      const last = changed.at(-1)
      if (last) {
        since = last.changedAt
        afterId = last.id
      }
      full = changed.length === atOnce
    }
    if (since.getTime() > seen)
      await writeMark(db, since.getTime())
    await compare(plans)
  }

  /** Open to-dos with their plans as they are now, some in each round. `ending`: only what is over is of interest. */
  async function compare(plans: PlanSource, ending = false): Promise<void> {
    const open = await openTodos(db, compared, atOnce)
    compared = open.length === atOnce ? open.at(-1)!.planId : undefined
    if (open.length === 0)
      return
    const states = await plans.states(open.map(({ planId }) => planId))
    const gone = open.filter(({ planId }) => !states.some(({ id }) => id === planId))
    const over = states.filter(({ state }) => !ending || state !== 'open')
    await want(db, [...over, ...gone.map(todo => ({ id: todo.planId, ownerId: todo.accountId, subject: todo.subject, dueAt: todo.dueAt!, state: 'gone' as const, changedAt: new Date(now()) }))], now())
  }

  return { follow, ending: (plans: PlanSource) => compare(plans, true) }
}
