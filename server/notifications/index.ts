import type { Db } from '../db/index.ts'
import type { DepartmentMessage, Enqueued, Merge, OutboxMessage } from './outbox/types.ts'
import type { DeliveryParts, NotificationOptions } from './parts.ts'
import { enqueue, enqueueForDepartments } from './outbox/enqueue.ts'
import { defaultTimings } from './parts.ts'

export type { DeliveryPriority, DepartmentMessage, Enqueued, Gathered, Merge, OutboxMessage } from './outbox/types.ts'
export type { DeliveryTimings } from './parts.ts'

/** Work notifications: the outbox and its delivery through DingTalk. */
export function createNotifications({ timings, now = Date.now, ...options }: NotificationOptions) {
  let merge: Merge | undefined
  const parts: DeliveryParts = { ...options, now, timings: { ...defaultTimings, ...timings }, merge: () => merge }
  const given = async () => ({ now: parts.now(), gatherSeconds: 60 })

  return {
    /** Writes messages to the outbox in the caller's transaction; delivery begins when it commits. */
    enqueue: async (tx: Db, messages: OutboxMessage[]): Promise<Enqueued> => enqueue(tx, messages, await given()),

    /** A message for whole departments, where who got it need not be known. */
    enqueueForDepartments: async (tx: Db, message: DepartmentMessage): Promise<Enqueued> => enqueueForDepartments(tx, message, await given()),

    /** Who renders the message that stands for several; without one they go out singly. */
    registerMerge: (render: Merge): void => void (merge = render),

    /** Begins to deliver. */
    start: async (): Promise<void> => {},

    /** Ends delivery; calls under way are waited for, the rest goes on after the next start. */
    stop: async (): Promise<void> => {},
  }
}

export type Notifications = ReturnType<typeof createNotifications>
