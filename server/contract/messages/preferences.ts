import { z } from 'zod'
import { defineRoutes } from '../route.ts'
import { messageCategories, messageKinds } from './kinds.ts'
import { timeOfDay } from './rules.ts'

export const messageChoices = z.object({
  /** Only what differs from the company's rules need be there. */
  kinds: z.partialRecord(z.enum(messageKinds), z.object({ inbox: z.boolean(), dingtalk: z.boolean() })),
  /** DingTalk is silent from … to …, over midnight when the end is earlier, and all day on days off if wished; delivered afterwards. */
  quiet: z
    .object({ from: timeOfDay, to: timeOfDay, daysOff: z.boolean().default(false) })
    .refine(({ from, to }) => from !== to, { error: 'quiet_whole_day', path: ['to'] })
    .nullable(),
})
export type MessageChoices = z.infer<typeof messageChoices>

export const preferencesView = z.object({
  choices: messageChoices,
  locale: z.enum(['zh-CN', 'en-US']).nullable(),
  /** What the company tells people of; kinds that do not concern the reader are absent. */
  kinds: z.array(z.object({
    kind: z.enum(messageKinds),
    category: z.enum(messageCategories),
    /** Offered by the company's rules. */
    offered: z.object({ inbox: z.boolean(), dingtalk: z.boolean() }),
    mandatory: z.boolean(),
    chosen: z.object({ inbox: z.boolean(), dingtalk: z.boolean() }),
  })),
})
export type PreferencesView = z.infer<typeof preferencesView>

export const preferenceRoutes = defineRoutes({
  'GET /api/crm/messages/preferences': { summary: 'How the reader wants to be told', access: 'account', response: preferencesView },
  'PUT /api/crm/messages/preferences': { summary: 'Choose how to be told', access: 'account', body: messageChoices, response: preferencesView },
})
