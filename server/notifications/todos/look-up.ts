import type { TodoParts } from './parts.ts'
import type { StoredTodo } from './store.ts'
import type { PlanSource } from './types.ts'
import { DingTalkError } from '../../dingtalk/index.ts'
import { unionidOf } from './parts.ts'
import { claimLooks, digest, settleLooks, settleTodo, todoOf } from './store.ts'
import { judgeTodo } from './trouble.ts'

/** A person who opens a plan again so soon is not asked about in DingTalk again: each question costs a call. */
const askedAgainMs = 5 * 60_000

/** So often somebody's to-dos are looked through who has done more than are read at a time. */
const looksAtMost = 3

/** What became of to-dos in DingTalk. `stop`: each of the others would fail alike. */
export function createLookUp({ db, dingtalk, log, now }: TodoParts, stop: (error: DingTalkError) => Promise<void>) {
  const asked = new Map<string, number>()

  /**
   * Completes plans of one person here whose to-dos are done there: one question for all of them, and more where the person
   * has done many. @returns whether DingTalk told all there is to know
   */
  async function refresh(plans: PlanSource, todos: StoredTodo[]): Promise<boolean> {
    const open = todos.filter(isOpenThere)
    const executor = open[0] && await unionidOf(db, open[0].accountId)
    if (!executor)
      return true
    const idsOf = (found: readonly { taskId: string }[]) => new Set(found.map(({ taskId }) => taskId))
    const { found, complete } = await dingtalk.todos.find(executor, true, (all) => {
      const ids = idsOf(all)
      return open.every(({ taskId }) => ids.has(taskId!))
    })
    const done = idsOf(found)
    for (const { planId } of open.filter(({ taskId }) => done.has(taskId!))) {
      // What happened here in the meantime counts more than an answer from before.
      const todo = await todoOf(db, planId)
      if (!todo || !isOpenThere(todo))
        continue
      // DingTalk knows: it need not be told of what the plan becomes now.
      await settleTodo(db, todo, { told: digest({ ...todo, wanted: 'done' }) })
      await plans.complete(todo.planId, todo.accountId)
    }
    return complete
  }

  return {
    /** Follows what DingTalk said has changed. @returns whether there was something */
    async changed(plans: PlanSource): Promise<boolean> {
      const todos = await claimLooks(db, now())
      if (todos.length === 0)
        return false
      try {
        const complete = await refresh(plans, todos)
        // Where there is more than is read at a time, it is looked again, less and less often.
        if (complete || todos.every(({ attempts }) => attempts >= looksAtMost))
          await settleLooks(db, todos)
        return true
      }
      catch (error) {
        if (!(error instanceof DingTalkError))
          throw error
        log.warn({ err: error, todos: todos.length }, 'to-dos that changed in DingTalk could not be looked up')
        const { kind } = judgeTodo(error, Math.max(...todos.map(({ attempts }) => attempts)))
        if (kind === 'stop')
          await stop(error)
        // Shown, and looked at again when an administrator tries everything again.
        else if (kind === 'failed' && error.outcome === 'rejected')
          await Promise.all(todos.map(todo => settleTodo(db, todo, { state: 'failed', reason: error.reason, detail: error.text.slice(0, 500) })))
        return false
      }
    },

    /** Asked about lately. */
    isKnown: (planId: string): boolean => now() - (asked.get(planId) ?? 0) < askedAgainMs,

    /** The one of a plan that is opened. */
    async one(plans: PlanSource, planId: string): Promise<void> {
      const todo = await todoOf(db, planId)
      if (!todo || !isOpenThere(todo))
        return
      if (asked.size > 10_000)
        asked.clear()
      asked.set(planId, now())
      await refresh(plans, [todo])
    },
  }
}

/** DingTalk was told that it is open: then "done" is news, not our own word from before the plan was reopened. */
function isOpenThere({ wanted, state, taskId }: StoredTodo): boolean {
  return wanted === 'open' && state === 'synced' && taskId !== null
}
