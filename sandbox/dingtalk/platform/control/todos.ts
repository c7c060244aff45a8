import type { World } from '../world/world.ts'
import { z } from 'zod'
import { isDone } from '../todos/store.ts'
import { ControlError } from './respond.ts'

const finishSchema = z.strictObject({ taskId: z.string() })

/** Every to-do there is, oldest first. */
export function listTodos(world: World): object {
  return { todos: world.todos.all().map(todo => ({ ...todo, done: isDone(todo) })) }
}

/** The people whose it is tick it off. */
export function finishTodo(world: World, body: unknown): void {
  const todo = world.todos.get(finishSchema.parse(body).taskId)
  if (todo === undefined)
    throw new ControlError('no such to-do')
  todo.doneBy = [...todo.executorIds]
  todo.modifiedTime = world.clock.now()
  world.events.publish([{ type: 'todo_task_update', fields: { taskId: todo.id, sourceId: todo.sourceId, creatorId: todo.creatorId } }])
}
