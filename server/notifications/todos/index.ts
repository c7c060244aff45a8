import type { TodoView } from '#contract/delivery/index.ts'
import type { Locale } from '../../http/locale.ts'
import type { TodoParts } from './parts.ts'
import type { StoredTodo } from './store.ts'
import type { PlanSource } from './types.ts'
import { DingTalkError } from '../../dingtalk/index.ts'
import { dayMs } from '../days.ts'
import { readPause } from '../queue/state.ts'
import { createFollower } from './follow.ts'
import { createLookUp } from './look-up.ts'
import { forgetTodoPause, pauseTodos, readTodoPause, retryTodos } from './pause.ts'
import { claimTodo, digest, forgetMark, noteChanged, settleTodo, wakeBound } from './store.ts'
import { judgeTodo } from './trouble.ts'
import { describeTodos } from './view.ts'
import { createWriter } from './write.ts'

export type { PlanSource, PlanState } from './types.ts'

const leaseMs = 60_000
/** So long a plan that is opened waits for DingTalk. */
const openingMs = 1500
/** Creating and completing, and every second plan is changed once. */
const callsAPlan = 2.5

/** Follow-up plans as to-dos in DingTalk, where an administrator wants that. */
export function createTodoSync(parts: TodoParts) {
  const { db, settings, enabled, credentials, budget, alerts, log, now } = parts
  let source: PlanSource | undefined
  let forgotten = false
  const follower = createFollower(parts)
  const write = createWriter(parts)
  const lookUp = createLookUp(parts, stop)

  async function mayCall(): Promise<boolean> {
    return await enabled() && (await credentials()) !== undefined
  }

  async function isOn(): Promise<boolean> {
    return source !== undefined && (await settings.read()).todos && mayCall()
  }

  /** While each call would be refused, or there are none left, none is spent. */
  async function maySpend(): Promise<boolean> {
    return await readTodoPause(db, now()) === null && !(await budget.isSpent())
  }

  /** Tells DingTalk of one to-do. @returns whether there was one */
  async function tell(plans: PlanSource, ending = false): Promise<boolean> {
    const todo = await claimTodo(db, now(), leaseMs, ending)
    if (!todo)
      return false
    const told = digest(todo)
    try {
      const reason = todo.told === told ? undefined : await write(plans, todo)
      await settleTodo(db, todo, reason === undefined ? { state: 'synced', told, reason: null, detail: null, attempts: 0 } : { state: 'failed', reason, detail: null })
      if (reason === undefined && todo.told !== told)
        await forgetTodoPause(db)
    }
    catch (error) {
      if (!(error instanceof DingTalkError))
        throw error
      await settleTrouble(todo, error)
    }
    return true
  }

  async function settleTrouble(todo: StoredTodo, error: DingTalkError): Promise<void> {
    const { reason } = error
    const trouble = judgeTodo(error, todo.attempts)
    const detail = error.text.slice(0, 500)
    log.warn({ err: error, plan: todo.planId, outcome: trouble.kind }, 'a to-do could not be written')
    if (trouble.kind === 'stop') {
      await stop(error)
      // It was not its fault, and is the first to be tried afterwards.
      await settleTodo(db, todo, { state: 'waiting', reason, detail, attempts: 0, nextAttemptAt: new Date(now()) })
    }
    else if (trouble.kind === 'failed') {
      await settleTodo(db, todo, { state: 'failed', reason, detail })
    }
    else {
      await settleTodo(db, todo, { state: 'waiting', reason, detail, nextAttemptAt: new Date(now() + 2 ** (todo.attempts - 1) * 5000) })
    }
  }

  /** Administrators are told once of each trouble, in the transaction that stops. */
  async function stop(error: DingTalkError): Promise<void> {
    const at = now()
    await db.transaction(async (tx) => {
      if (await pauseTodos(tx, error, budget.isUsedUp(error.reason), at))
        await alerts.raise(tx, { kind: 'todos', key: `todos-${error.reason}-${at}`, reason: error.reason, at: new Date(at) })
    })
  }

  return {
    /** Where plans come from; without it there are no to-dos. */
    follow: (plans: PlanSource): void => void (source = plans),

    /** One look and everything that follows from it. */
    async work(): Promise<boolean> {
      if (!source)
        return false
      if (!(await settings.read()).todos) {
        if (!forgotten)
          await forgetMark(db)
        forgotten = true
        // What is there already is not left to lie in people's lists when its plan is over.
        if (await mayCall() && !(await readPause(db, now()))) {
          await follower.ending(source)
          while (await maySpend() && await tell(source, true));
        }
        return false
      }
      forgotten = false
      if (!(await isOn()) || await readPause(db, now()))
        return false
      await wakeBound(db, now())
      await follower.follow(source)
      while (await maySpend() && (await lookUp.changed(source) || await tell(source)));
      return false
    },

    /** A plan is opened: what was done in DingTalk is done here. Never fails, and never holds the reader up for long. */
    async opened(planId: string): Promise<void> {
      const plans = source
      if (!plans || lookUp.isKnown(planId) || !(await isOn()) || !(await maySpend()))
        return
      const done = lookUp.one(plans, planId).catch(error => log.warn({ err: error, plan: planId }, 'a to-do could not be looked up'))
      let timer: NodeJS.Timeout | undefined
      await Promise.race([done, new Promise((resolve) => {
        timer = setTimeout(resolve, openingMs)
      })])
      clearTimeout(timer)
    },

    /** DingTalk's event `todo_task_update`: what is done there is done here soon. Resolves when that is remembered. */
    async changed(events: readonly { raw: Record<string, unknown> }[]): Promise<void> {
      const taskIds = events.flatMap(({ raw }) => taskIdOf(raw) ?? [])
      if (taskIds.length > 0 && (await settings.read()).todos)
        await noteChanged(db, taskIds, now())
    },

    view: (locale: Locale): Promise<TodoView> => describeTodos(parts, locale),
    retry: (by: { name: string, ip: string }): Promise<number> => retryTodos(db, by, now()),

    /** What to-dos would cost a month, by the plans of the last 30 days; null: there are no plans to follow. */
    async cost(): Promise<{ plans: number, calls: number } | null> {
      if (!source)
        return null
      const plans = await source.countSince(new Date(now() - 30 * dayMs))
      return { plans, calls: Math.ceil(plans * callsAPlan) }
    },
  }
}

export type TodoSync = ReturnType<typeof createTodoSync>

/** The event's fields are not documented; however it is spelt. */
function taskIdOf(raw: Record<string, unknown>): string | undefined {
  const [, value] = Object.entries(raw).find(([name]) => name.toLowerCase().replaceAll('_', '') === 'taskid') ?? []
  return typeof value === 'string' && value !== '' ? value : undefined
}
