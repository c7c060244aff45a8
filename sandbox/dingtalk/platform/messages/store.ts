import type { SandboxMessage } from '../../types.ts'

/** A sent work notification and what became of it. */
export interface Task {
  taskId: number
  sentAt: number
  msg: Record<string, unknown>
  /** Receivers meant, before any drop. */
  receivers: number
  /** Named one by one, without departments: the status bar needs that. */
  byUserids: boolean
  done: boolean
  delivered: Array<{ userid: string, message: SandboxMessage }>
  invalidUserids: string[]
  invalidDeptIds: number[]
  dropped: Array<{ userid: string, code: string, count: number }>
}

export type MessageListener = (userid: string, message: SandboxMessage) => void

const KEPT_PER_PERSON = 500
const KEPT_MS = 8 * 86_400_000

/** Tasks and mailboxes. Listeners are told of each delivery, recall and change. */
export interface MessageStore {
  open: (task: Omit<Task, 'taskId' | 'done' | 'delivered' | 'dropped'>) => Task
  task: (taskId: number) => Task | undefined
  tasks: () => Task[]
  deliver: (task: Task, userid: string) => void
  /** Newest first. */
  messagesOf: (userid: string) => SandboxMessage[]
  markRead: (userid: string, taskId: number) => void
  /** Marks every copy as recalled. */
  recall: (task: Task) => void
  changed: (task: Task) => void
}

export function createMessageStore(notify: MessageListener): MessageStore {
  const tasks = new Map<number, Task>()
  const boxes = new Map<string, SandboxMessage[]>()
  let nextId = 256_271_667_526

  function prune(now: number): void {
    for (const [taskId, task] of tasks) {
      if (now - task.sentAt < KEPT_MS)
        return
      tasks.delete(taskId)
    }
  }
  function changed(task: Task): void {
    task.delivered.forEach(({ userid, message }) => notify(userid, message))
  }
  return {
    open(task) {
      prune(task.sentAt)
      const opened: Task = { ...task, taskId: nextId++, done: false, delivered: [], dropped: [] }
      tasks.set(opened.taskId, opened)
      return opened
    },
    task: taskId => tasks.get(taskId),
    tasks: () => [...tasks.values()],
    deliver(task, userid) {
      const message: SandboxMessage = { taskId: task.taskId, sentAt: task.sentAt, msg: task.msg, read: false, recalled: false }
      task.delivered.push({ userid, message })
      const box = boxes.get(userid) ?? []
      box.unshift(message)
      box.length = Math.min(box.length, KEPT_PER_PERSON)
      boxes.set(userid, box)
      notify(userid, message)
    },
    messagesOf: userid => [...(boxes.get(userid) ?? [])],
    markRead(userid, taskId) {
      const message = boxes.get(userid)?.find(candidate => candidate.taskId === taskId)
      if (message !== undefined)
        message.read = true
    },
    recall(task) {
      for (const { message } of task.delivered) message.recalled = true
      changed(task)
    },
    changed,
  }
}
