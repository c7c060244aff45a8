import type { TodoView } from '#contract/delivery/index.ts'
import type { DingTalk } from '../../dingtalk/index.ts'
import type { Locale } from '../../http/locale.ts'
import type { DeliveryParts } from '../parts.ts'
import type { StoredTodo } from './store.ts'
import type { PlanSource } from './types.ts'
import { eq } from 'drizzle-orm'
import { tables } from '../../db/index.ts'
import { DingTalkError } from '../../dingtalk/index.ts'
import { dayMs } from '../days.ts'
import { readPause } from '../queue/state.ts'
import { forgetTodoPause, pauseTodos, readTodoPause, retryTodos } from './pause.ts'
import { claimLooks, claimTodo, digest, forgetMark, noteChanged, openTodos, readMark, settleLooks, settleTodo, todoOf, want, writeMark } from './store.ts'
import { judgeTodo } from './trouble.ts'
import { describeTodos } from './view.ts'

export type { PlanSource, PlanState } from './types.ts'

type TodoParts = Pick<DeliveryParts, 'db' | 'settings' | 'enabled' | 'credentials' | 'budget' | 'alerts' | 'log' | 'now'> & { dingtalk: { todos: DingTalk['todos'] } }

/** Plans of one look. */
const atOnce = 200
/** Reading goes back a little: transactions do not commit in the order of their times. */
const overlapMs = 60_000
const leaseMs = 60_000
/** A person who opens a plan again so soon is not asked about in DingTalk again: each question costs a call. */
const askedAgainMs = 5 * 60_000
/** So long a plan that is opened waits for DingTalk. */
const openingMs = 1500
/** Creating and completing, and every second plan is changed once. */
const callsAPlan = 2.5

/** Follow-up plans as to-dos in DingTalk, where an administrator wants that. */
export function createTodoSync(parts: TodoParts) {
  const { db, settings, enabled, credentials, budget, alerts, dingtalk, log, now } = parts
  let source: PlanSource | undefined
  let compared: string | undefined
  let forgotten = false
  const asked = new Map<string, number>()

  async function isOn(): Promise<boolean> {
    return source !== undefined && (await settings.read()).todos && await enabled() && (await credentials()) !== undefined
  }

  /** While each call would be refused, or there are none left, none is spent. */
  async function maySpend(): Promise<boolean> {
    return await readTodoPause(db, now()) === null && !(await budget.isSpent())
  }

  /** Writes down what has changed in the CRM: by its time, and what has no new time (deletions) by comparing. */
  async function look(plans: PlanSource): Promise<void> {
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
    const open = await openTodos(db, compared, atOnce)
    compared = open.length === atOnce ? open.at(-1)!.planId : undefined
    if (open.length === 0)
      return
    const states = await plans.states(open.map(({ planId }) => planId))
    const gone = open.filter(({ planId }) => !states.some(({ id }) => id === planId))
    await want(db, [...states, ...gone.map(todo => ({ id: todo.planId, ownerId: todo.accountId, subject: todo.subject, dueAt: todo.dueAt!, state: 'gone' as const, changedAt: new Date(now()) }))], now())
  }

  async function unionidOf(accountId: string): Promise<string | undefined> {
    const [found] = await db.select({ unionid: tables.binding.unionid }).from(tables.binding).where(eq(tables.binding.accountId, accountId))
    return found?.unionid || undefined
  }

  /** Tells DingTalk of one to-do. @returns whether there was one */
  async function tell(plans: PlanSource): Promise<boolean> {
    const todo = await claimTodo(db, now(), leaseMs)
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

  /** @returns why it is not there, or undefined when it is as it should be */
  async function write(plans: PlanSource, todo: StoredTodo): Promise<string | undefined> {
    const { planId, subject, dueAt, wanted } = todo
    const executor = await unionidOf(todo.accountId)
    let { taskId, unionid: creator } = todo
    if (wanted === 'gone') {
      taskId ??= creator ? await existing(creator, planId) ?? null : null
      if (taskId && creator)
        await dingtalk.todos.remove(creator, taskId)
      return undefined
    }
    if (!executor)
      return 'unbound'
    const detailUrl = await plans.urlOf(planId)
    if (!detailUrl)
      return 'no_public_url'
    const content = { subject, ...(dueAt && { dueTime: dueAt.getTime() }), executor, detailUrl }
    if (!taskId || !creator) {
      creator ??= executor
      // Remembered first: should the answer be lost, it is known in whose name to look.
      await settleTodo(db, todo, { unionid: creator })
      taskId = await dingtalk.todos.create(creator, sourceOf(planId), content) ?? await existing(creator, planId) ?? null
      if (!taskId)
        return 'todo_lost'
      await settleTodo(db, todo, { taskId })
    }
    else if (todo.told !== digest({ ...todo, wanted: wanted === 'open' ? 'done' : 'open' })) {
      await dingtalk.todos.update(creator, taskId, content)
    }
    if (wanted === 'done' || todo.told === digest({ ...todo, wanted: 'done' }))
      await dingtalk.todos.setDone(creator, taskId, executor, wanted === 'done')
    return undefined
  }

  /** The answer to an earlier attempt was lost: the to-do is there, under our key. */
  async function existing(unionid: string, planId: string): Promise<string | undefined> {
    const sourceId = sourceOf(planId)
    for (const done of [false, true]) {
      const found = (await dingtalk.todos.find(unionid, done)).find(each => each.sourceId === sourceId)
      if (found)
        return found.taskId
    }
    return undefined
  }

  /** Completes plans of one person here whose to-dos are done there: one question for all of them. */
  async function refresh(plans: PlanSource, todos: StoredTodo[]): Promise<void> {
    const open = todos.filter(isOpenThere)
    const executor = open[0] && await unionidOf(open[0].accountId)
    if (!executor)
      return
    const done = new Set((await dingtalk.todos.find(executor, true)).map(({ taskId }) => taskId))
    for (const { planId } of open.filter(({ taskId }) => done.has(taskId!))) {
      // What happened here in the meantime counts more than an answer from before.
      const todo = await todoOf(db, planId)
      if (!todo || !isOpenThere(todo))
        continue
      // DingTalk knows: it need not be told of what the plan becomes now.
      await settleTodo(db, todo, { told: digest({ ...todo, wanted: 'done' }) })
      await plans.complete(todo.planId, todo.accountId)
    }
  }

  /** Follows what DingTalk said has changed. @returns whether there was something */
  async function lookAgain(plans: PlanSource): Promise<boolean> {
    const todos = await claimLooks(db, now())
    if (todos.length === 0)
      return false
    try {
      await refresh(plans, todos)
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
  }

  async function lookUp(plans: PlanSource, planId: string): Promise<void> {
    const todo = await todoOf(db, planId)
    if (!todo || !isOpenThere(todo))
      return
    if (asked.size > 10_000)
      asked.clear()
    asked.set(planId, now())
    await refresh(plans, [todo])
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
        return false
      }
      forgotten = false
      if (!(await isOn()) || await readPause(db, now()))
        return false
      await look(source)
      while (await maySpend() && (await lookAgain(source) || await tell(source)));
      return false
    },

    /** A plan is opened: what was done in DingTalk is done here. Never fails, and never holds the reader up for long. */
    async opened(planId: string): Promise<void> {
      const plans = source
      if (!plans || now() - (asked.get(planId) ?? 0) < askedAgainMs || !(await isOn()) || !(await maySpend()))
        return
      const done = lookUp(plans, planId).catch(error => log.warn({ err: error, plan: planId }, 'a to-do could not be looked up'))
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

/** DingTalk was told that it is open: then "done" is news, not our own word from before the plan was reopened. */
function isOpenThere({ wanted, state, taskId }: StoredTodo): boolean {
  return wanted === 'open' && state === 'synced' && taskId !== null
}

/** The event's fields are not documented; however it is spelt. */
function taskIdOf(raw: Record<string, unknown>): string | undefined {
  const [, value] = Object.entries(raw).find(([name]) => name.toLowerCase().replaceAll('_', '') === 'taskid') ?? []
  return typeof value === 'string' && value !== '' ? value : undefined
}

function sourceOf(planId: string): string {
  return `crm-plan-${planId}`
}
