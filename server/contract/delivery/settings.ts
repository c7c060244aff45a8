import { z } from 'zod'
import { accountRef, id } from '../common.ts'

/** Time of day in Shanghai. */
const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, { error: 'time_of_day' })

/** How work notifications are delivered. */
export const deliverySettings = z.object({
  /** People that may be sent to within any minute and any second; DingTalk drops silently beyond (dingtalk-server-api §5.1). */
  receiversPerMinute: z.int().min(1).max(5000),
  receiversPerSecond: z.int().min(1).max(5000),
  /** Messages of one kind for one person that come closer together than this become one; 0 = never. */
  gatherSeconds: z.int().min(0).max(3600),
  /** Each answer costs a call: of important ones always, of the others from a sample. */
  results: z.object({ important: z.boolean(), samplePercent: z.int().min(0).max(100) }),
  /** Calls a month that are ours to use; null = not told. */
  budget: z.int().min(1).max(100_000_000).nullable(),
  /** Digests at these times instead of single messages: never, when the budget runs out, or always. */
  saving: z.object({ mode: z.enum(['off', 'auto', 'on']), times: z.array(timeOfDay).min(1).max(6) }),
  /** Follow-up plans also appear as to-dos in DingTalk. */
  todos: z.boolean(),
})
export type DeliverySettings = z.infer<typeof deliverySettings>

export const callKinds = ['send', 'results', 'recall', 'todo', 'contacts', 'other'] as const

/** Our calls of this month (Asia/Shanghai) against what the administrator allots to us. */
export const callBudget = z.object({
  /** YYYY-MM. */
  month: z.string(),
  budget: z.int().nullable(),
  used: z.int(),
  byKind: z.array(z.object({ kind: z.enum(callKinds), calls: z.int() })),
  /** Calls by the end of the month, if it goes on like this. */
  forecast: z.int(),
  /** `spent`: ours is used up, or DingTalk said that the company's is. */
  level: z.enum(['unknown', 'ok', 'warning', 'critical', 'spent']),
  /** When DingTalk refused a call because the company's quota was used up (90020). */
  exhaustedAt: z.iso.datetime().nullable(),
  /** Digests are sent instead of single messages. */
  saving: z.boolean(),
  resetsAt: z.iso.datetime(),
})
export type CallBudget = z.infer<typeof callBudget>

/** What stands in the way of sending, and what waits. */
export const deliveryQueue = z.object({
  /** The switch "work notifications". */
  enabled: z.boolean(),
  /** Sending was stopped: by DingTalk's refusal, explained, or by an administrator. */
  paused: z
    .object({
      reason: z.string(),
      cause: z.string(),
      fix: z.string(),
      where: z.string().nullable(),
      link: z.string().nullable(),
      since: z.iso.datetime(),
      by: z.string().nullable(),
      /** When it goes on by itself. */
      until: z.iso.datetime().nullable(),
    })
    .nullable(),
  /** People who wait for a message, those whose message is being handed over, and those without a member in DingTalk. */
  waiting: z.int(),
  sending: z.int(),
  unbound: z.int(),
  oldestAt: z.iso.datetime().nullable(),
})
export type DeliveryQueue = z.infer<typeof deliveryQueue>

/** To-dos in DingTalk that are not as they should be. */
export const todoView = z.object({
  /** No to-dos are written, because each would be refused alike; the next try is at `until`. */
  paused: z
    .object({
      reason: z.string(),
      cause: z.string(),
      fix: z.string(),
      where: z.string().nullable(),
      link: z.string().nullable(),
      since: z.iso.datetime(),
      until: z.iso.datetime(),
    })
    .nullable(),
  /** They wait for the next month, because this month's calls are used up. */
  spent: z.boolean(),
  waiting: z.int(),
  failed: z.int(),
  /** The latest. */
  failures: z.array(z.object({ planId: id, subject: z.string(), account: accountRef, reason: z.string(), cause: z.string(), fix: z.string() })),
})
export type TodoView = z.infer<typeof todoView>

export const deliveryView = z.object({
  settings: deliverySettings,
  queue: deliveryQueue,
  budget: callBudget,
  /** What to-dos would cost a month, by the plans of the last 30 days; null where the CRM has no plans that to-dos could follow. */
  todoCost: z.object({ plans: z.int(), calls: z.int() }).nullable(),
  todos: todoView,
})
export type DeliveryView = z.infer<typeof deliveryView>
