import { z } from 'zod'
import { accountRef, id, line, paging } from '../common.ts'

/**
 * What became of a message for one person. `sent`: DingTalk took it, its result will be asked for; `not_checked`: DingTalk
 * took it, nobody has asked; `delivered`: an earlier attempt of which nobody knew arrived; `expired`: not sent, because it waited
 * until it was of no use; `possibly`: nobody knows whether DingTalk took it; `merged`: another message carries it.
 */
export const notificationState = z.enum([
  'queued',
  'sending',
  'sent',
  'not_checked',
  'read',
  'unread',
  'dropped',
  'failed',
  'invalid',
  'possibly',
  'unbound',
  'merged',
  'recalled',
  'delivered',
  'expired',
])
export type NotificationState = z.infer<typeof notificationState>

export const sending = z.object({
  id,
  kind: z.string(),
  title: z.string(),
  /** DingTalk's type of message; null when it could not be sent at all. */
  msgtype: z.string().nullable(),
  by: z.string().nullable(),
  createdAt: z.iso.datetime(),
  receivers: z.int(),
  states: z.partialRecord(notificationState, z.int()),
})
export type Sending = z.infer<typeof sending>

export const sendingRecipient = z.object({
  id,
  /** null: departments. */
  account: accountRef.nullable(),
  departments: z.int(),
  receivers: z.int(),
  userid: z.string().nullable(),
  state: notificationState,
  /** DingTalk's code or our word, and both explained. */
  reason: z.string().nullable(),
  cause: z.string().nullable(),
  fix: z.string().nullable(),
  attempts: z.int(),
  sentAt: z.iso.datetime().nullable(),
  resultAt: z.iso.datetime().nullable(),
  /** The line of the log that carries this one's news. */
  mergedInto: id.nullable(),
  /** What became of that one for this person. */
  carrierState: notificationState.nullable(),
  retryable: z.boolean(),
})
export type SendingRecipient = z.infer<typeof sendingRecipient>

export const sendingDetail = z.object({
  sending,
  /** The message as it is sent. */
  message: z.unknown(),
  /** What can be done now. */
  can: z.object({ recall: z.boolean(), check: z.boolean(), retry: z.int(), status: z.boolean() }),
  recipients: z.object({ items: z.array(sendingRecipient), nextCursor: z.string().nullable(), total: z.int() }),
})
export type SendingDetail = z.infer<typeof sendingDetail>

export const sendingsQuery = paging.extend({
  kind: line(80).optional(),
  state: notificationState.optional(),
  accountId: id.optional(),
  q: line(100).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
})

export const recipientsQuery = paging.extend({ state: notificationState.optional() })
