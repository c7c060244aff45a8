import type { TodoParts } from './parts.ts'
import type { StoredTodo } from './store.ts'
import type { PlanSource } from './types.ts'
import { unionidOf } from './parts.ts'
import { digest, settleTodo } from './store.ts'

export function createWriter({ db, dingtalk }: Pick<TodoParts, 'db' | 'dingtalk'>) {
  /** @returns why it is not there, or undefined when it is as it should be */
  async function write(plans: PlanSource, todo: StoredTodo): Promise<string | undefined> {
    const { planId, subject, dueAt, wanted } = todo
    const executor = await unionidOf(db, todo.accountId)
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
      const isIt = (each: { sourceId?: string }) => each.sourceId === sourceId
      const { found } = await dingtalk.todos.find(unionid, done, all => all.some(isIt))
      const it = found.find(isIt)
      if (it)
        return it.taskId
    }
    return undefined
  }

  return write
}

function sourceOf(planId: string): string {
  return `crm-plan-${planId}`
}
