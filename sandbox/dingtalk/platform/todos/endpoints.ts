import type { Endpoint } from '../gateway/endpoint.ts'
import type { World } from '../world/world.ts'
import type { SandboxTodo } from './store.ts'
import { z } from 'zod'
import { httpError } from '../gateway/answer.ts'
import { endpoint } from '../gateway/endpoint.ts'
import { newRequestId } from '../world/ids.ts'
import { isDone } from './store.ts'

const WRITE = { family: 'new', auth: 'app', permission: 'Todo.Todo.Write', metered: true } as const
const PATH = '/v1.0/todo/users/:unionId'
const PER_PAGE = 20

const people = z.array(z.string().min(1)).max(1000)
const detailUrl = z.object({ appUrl: z.string().max(1024).optional(), pcUrl: z.string().max(1024).optional() }).refine(url => url.appUrl ?? url.pcUrl)
const optional = {
  subject: z.string().min(1).max(1024),
  description: z.string().max(4096),
  dueTime: z.number().int().positive(),
  executorIds: people,
  participantIds: people,
}

/** The texts of §11.1 under one code for each operation; the one for a missing link is this sandbox's choice. */
function paramError(operation: string, message: string): Error {
  return httpError(400, `todo.${operation}.paramError`, message)
}

function refuse(operation: string) {
  return (issue: z.core.$ZodIssue) => {
    const field = String(issue.path[0] ?? '')
    const message = field === 'dueTime' ? 'dueTime is invalid' : issue.code === 'too_big' ? `${field} is oversize` : `${field} is invalid`
    return httpError(400, `todo.${operation}.paramError`, message)
  }
}

function todoOf(world: World, params: Record<string, string>, operation: string): SandboxTodo {
  const todo = world.todos.get(params.taskId ?? '')
  if (todo === undefined)
    throw paramError(operation, 'task not exist')
  if (todo.creatorId !== params.unionId)
    throw paramError(operation, 'task not belong to bizTag')
  return todo
}

function changed(world: World, todo: SandboxTodo, type: 'todo_task_create' | 'todo_task_update' | 'todo_task_delete'): void {
  todo.modifiedTime = world.clock.now()
  world.events.publish([{ type, fields: { taskId: todo.id, sourceId: todo.sourceId, creatorId: todo.creatorId } }])
}

/** To-dos (dingtalk-server-api §11.1). */
export const todoEndpoints: Endpoint[] = [
  endpoint({
    ...WRITE,
    method: 'POST',
    path: `${PATH}/tasks`,
    input: z.object({ ...optional, description: optional.description.optional(), dueTime: optional.dueTime.optional(), executorIds: people.optional(), participantIds: people.optional(), sourceId: z.string().optional(), detailUrl }),
    invalid: refuse('taskCreate'),
    handle(input, { world, params }) {
      if (input.sourceId !== undefined && world.todos.bySource(input.sourceId) !== undefined)
        throw paramError('taskCreate', 'task exist')
      const now = world.clock.now()
      const creatorId = params.unionId ?? ''
      const todo = world.todos.add({
        sourceId: input.sourceId,
        creatorId,
        subject: input.subject,
        dueTime: input.dueTime,
        executorIds: input.executorIds ?? [creatorId],
        doneBy: [],
        detailUrl: input.detailUrl as SandboxTodo['detailUrl'],
        createdTime: now,
        modifiedTime: now,
      })
      changed(world, todo, 'todo_task_create')
      return { ...todo, done: false, source: 'isv_dingtalkTodo', bizTag: 'isv_dingtalkTodo', modifierId: creatorId, requestId: newRequestId() }
    },
  }),
  endpoint({
    ...WRITE,
    method: 'PUT',
    path: `${PATH}/tasks/:taskId`,
    input: z.object({ ...optional, detailUrl, done: z.boolean() }).partial(),
    invalid: refuse('taskUpdate'),
    handle({ done, ...input }, { world, params }) {
      const todo = todoOf(world, params, 'taskUpdate')
      Object.assign(todo, Object.fromEntries(Object.entries(input).filter(([name, value]) => name in todo && value !== undefined)))
      if (done !== undefined)
        todo.doneBy = done ? [...todo.executorIds] : []
      changed(world, todo, 'todo_task_update')
      return { result: true }
    },
  }),
  endpoint({
    ...WRITE,
    method: 'PUT',
    path: `${PATH}/tasks/:taskId/executorStatus`,
    input: z.object({ executorStatusList: z.array(z.object({ id: z.string(), isDone: z.boolean() })).max(1000) }),
    invalid: refuse('taskExecutorStatusUpdate'),
    handle(input, { world, params }) {
      const todo = todoOf(world, params, 'taskExecutorStatusUpdate')
      for (const { id, isDone: done } of input.executorStatusList)
        todo.doneBy = done ? [...new Set([...todo.doneBy, id])] : todo.doneBy.filter(other => other !== id)
      changed(world, todo, 'todo_task_update')
      return { result: true }
    },
  }),
  endpoint({
    ...WRITE,
    method: 'DELETE',
    path: `${PATH}/tasks/:taskId`,
    input: z.unknown(),
    handle(_input, { world, params }) {
      const todo = todoOf(world, params, 'taskDelete')
      world.todos.remove(todo.id)
      changed(world, todo, 'todo_task_delete')
      return { result: true, requestId: newRequestId() }
    },
  }),
  endpoint({
    ...WRITE,
    permission: 'Todo.Todo.Read',
    method: 'POST',
    path: `${PATH}/org/tasks/query`,
    input: z.object({ nextToken: z.string().nullish(), isDone: z.boolean().optional(), roleTypes: z.array(z.array(z.enum(['executor', 'creator', 'participant']))).optional() }),
    handle({ nextToken, isDone: wanted, roleTypes }, { world, params }) {
      const who = params.unionId ?? ''
      const roles = (todo: SandboxTodo) => ({ executor: todo.executorIds.includes(who), creator: todo.creatorId === who, participant: false })
      const found = world.todos.all().filter((todo) => {
        const held = roles(todo)
        const matches = roleTypes === undefined ? held.executor || held.creator : roleTypes.some(all => all.every(role => held[role]))
        return matches && (wanted === undefined || isDone(todo) === wanted)
      })
      const from = Number(nextToken ?? 0)
      const page = found.slice(from, from + PER_PAGE)
      return {
        nextToken: from + PER_PAGE < found.length ? String(from + PER_PAGE) : null,
        todoCards: page.map(({ id, subject, dueTime, detailUrl, createdTime, modifiedTime, creatorId, sourceId }) =>
          ({ taskId: id, subject, dueTime, detailUrl, createdTime, modifiedTime, creatorId, sourceId, bizTag: 'isv_dingtalkTodo', isDone: wanted })),
      }
    },
  }),
]
