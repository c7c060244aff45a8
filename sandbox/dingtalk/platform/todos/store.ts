import { opaque } from '../world/ids.ts'

/** A to-do as the platform keeps it (dingtalk-server-api §11.1). People are unionids. */
export interface SandboxTodo {
  id: string
  sourceId: string | undefined
  creatorId: string
  subject: string
  dueTime: number | undefined
  executorIds: string[]
  doneBy: string[]
  detailUrl: { appUrl?: string, pcUrl?: string }
  createdTime: number
  modifiedTime: number
}

export interface TodoStore {
  all: () => SandboxTodo[]
  get: (id: string) => SandboxTodo | undefined
  bySource: (sourceId: string) => SandboxTodo | undefined
  add: (todo: Omit<SandboxTodo, 'id'>) => SandboxTodo
  remove: (id: string) => void
}

export function createTodoStore(): TodoStore {
  const todos = new Map<string, SandboxTodo>()
  return {
    all: () => [...todos.values()],
    get: id => todos.get(id),
    bySource: sourceId => [...todos.values()].find(todo => todo.sourceId === sourceId),
    add(todo) {
      const added = { ...todo, id: `OPJ${opaque().slice(0, 16)}` }
      todos.set(added.id, added)
      return added
    },
    remove: id => void todos.delete(id),
  }
}

/** Done when everybody whose it is has done it. */
export function isDone({ executorIds, doneBy }: SandboxTodo): boolean {
  return executorIds.length > 0 && executorIds.every(id => doneBy.includes(id))
}
