import type { AppCaller } from '../calls/app-caller.ts'
import { z } from 'zod'
import { DingTalkError } from '../errors/dingtalk-error.ts'
import { list, optionalFlag, optionalText } from '../shapes.ts'

/** A to-do as this project writes it. People are unionids here, never userids (dingtalk-server-api §11.1). */
export interface Todo {
  subject: string
  /** Milliseconds since 1970. */
  dueTime?: number
  /** Whose it is. */
  executor: string
  /** Where it opens; DingTalk takes none without (since 2024-02-01). */
  detailUrl: { appUrl: string, pcUrl: string }
}

export interface ListedTodo {
  taskId: string
  /** The key it was created with, where DingTalk tells. */
  sourceId?: string
  done: boolean
}

/**
 * DingTalk's to-dos (待办), in the app's name. Each call counts against the monthly quota. `creator` is the unionid under which
 * a to-do was created and stays.
 */
export interface Todos {
  /** @returns undefined when one with this `sourceId` exists already, which find() finds; an attempt may therefore be repeated */
  create: (creator: string, sourceId: string, todo: Todo) => Promise<string | undefined>
  update: (creator: string, taskId: string, todo: Todo) => Promise<void>
  setDone: (creator: string, taskId: string, executor: string, done: boolean) => Promise<void>
  /** Nothing happens when it is gone already. */
  remove: (creator: string, taskId: string) => Promise<void>
  /**
   * A person's to-dos, open or done; those done longer ago than 180 days are not listed. Reads on, a call a page, until what was
   * found is `enough`. `complete`: these are all, or enough.
   */
  find: (executor: string, done: boolean, enough?: (found: readonly ListedTodo[]) => boolean) => Promise<{ found: ListedTodo[], complete: boolean }>
}

const base = '/v1.0/todo/users/{unionId}'
const created = z.object({ id: z.string().min(1) })
const listed = z.object({
  nextToken: optionalText,
  todoCards: list(z.object({ taskId: optionalText, id: optionalText, sourceId: optionalText, isDone: optionalFlag, done: optionalFlag })),
})

/** Pages read at most: their size is not documented, and each is a call of the month. */
const pagesAtMost = 20

/** Longest subject and link (§11.1). */
const subjectLength = 1024

export function createTodos(call: AppCaller): Todos {
  const common = { family: 'api', priority: 'background' } as const

  function write(method: 'POST' | 'PUT' | 'DELETE', path: string, ids: Record<string, string>, body?: object) {
    return call({ ...common, method, api: `${base}${path}`, ids, body, policy: 'read', schema: z.unknown() })
  }

  return {
    async create(creator, sourceId, todo) {
      try {
        const { id } = await call({
          ...common,
          method: 'POST',
          api: `${base}/tasks`,
          ids: { unionId: creator },
          query: { operatorId: creator },
          body: { sourceId, creatorId: creator, isOnlyShowExecutor: true, ...fields(todo) },
          policy: 'once',
          schema: created,
        })
        return id
      }
      catch (error) {
        if (says(error, 'task exist'))
          return undefined
        throw error
      }
    },
    async update(creator, taskId, todo) {
      await write('PUT', '/tasks/{taskId}', { unionId: creator, taskId }, fields(todo))
    },
    async setDone(creator, taskId, executor, done) {
      await write('PUT', '/tasks/{taskId}/executorStatus', { unionId: creator, taskId }, { executorStatusList: [{ id: executor, isDone: done }] })
    },
    async remove(creator, taskId) {
      try {
        await write('DELETE', '/tasks/{taskId}', { unionId: creator, taskId })
      }
      catch (error) {
        if (!says(error, 'task not exist'))
          throw error
      }
    },
    async find(executor, done, enough = () => false) {
      const found: ListedTodo[] = []
      let nextToken: string | undefined
      for (let page = 0; page < pagesAtMost; page++) {
        const answer = await call({
          ...common,
          method: 'POST',
          api: `${base}/org/tasks/query`,
          ids: { unionId: executor },
          body: { isDone: done, roleTypes: [['executor']], ...(nextToken && { nextToken }) },
          policy: 'read',
          schema: listed,
        })
        found.push(...answer.todoCards.flatMap(({ taskId, id, sourceId, isDone, done: flag }) => {
          const name = taskId ?? id
          return name === undefined ? [] : [{ taskId: name, ...(sourceId && { sourceId }), done: isDone ?? flag ?? done }]
        }))
        nextToken = answer.nextToken
        if (nextToken === undefined || enough(found))
          return { found, complete: true }
      }
      return { found, complete: false }
    },
  }
}

function fields({ subject, dueTime, executor, detailUrl }: Todo) {
  return {
    subject: [...subject].slice(0, subjectLength).join(''),
    ...(dueTime !== undefined && { dueTime }),
    executorIds: [executor],
    detailUrl,
  }
}

/** These errors share one code and differ in their text (§11.1). */
function says(error: unknown, text: string): boolean {
  return error instanceof DingTalkError && error.reason.endsWith('.paramError') && error.text.includes(text)
}
