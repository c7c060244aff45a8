import type { Task } from '../messages/store.ts'
import type { World } from '../world/world.ts'
import { z } from 'zod'
import { ControlError } from './respond.ts'

const readSchema = z.strictObject({ userid: z.string(), taskId: z.number().int() })

function view({ delivered, ...task }: Task): object {
  return { ...task, deliveredTo: delivered.map(({ userid, message }) => ({ userid, read: message.read, recalled: message.recalled })) }
}

/** Sent tasks, oldest first, with what became of them; with `userid` that person's mailbox instead. */
export function listMessages(world: World, query: unknown): object {
  const { userid } = z.object({ userid: z.string().optional() }).parse(query)
  return userid === undefined ? { tasks: world.messages.tasks().map(view) } : { messages: world.messages.messagesOf(userid) }
}

/** The person opens the message. */
export function readMessageOf(world: World, body: unknown): void {
  const { userid, taskId } = readSchema.parse(body)
  if (!world.messages.messagesOf(userid).some(message => message.taskId === taskId))
    throw new ControlError(`no message ${taskId} for ${userid}`)
  world.messages.markRead(userid, taskId)
}
