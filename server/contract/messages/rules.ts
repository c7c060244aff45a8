import { z } from 'zod'
import { id } from '../common.ts'
import { defineRoutes } from '../route.ts'
import { messageKinds } from './kinds.ts'

/** Parts somebody can have in what happened. */
export const receiverParts = ['owner', 'formerOwner', 'collaborators', 'mentioned', 'leader'] as const
export type ReceiverPart = (typeof receiverParts)[number]

/** Roles that can be told as a whole. */
export const receiverRoles = ['admin', 'manager', 'sales'] as const
export type ReceiverRole = (typeof receiverRoles)[number]

/** How a work notification looks (dingtalk-server-api §5.2). */
export const messageFormats = ['oa', 'action_card', 'action_card_multi', 'markdown', 'link', 'text'] as const
export type MessageFormat = (typeof messageFormats)[number]

/** A time of day, in Asia/Shanghai. */
export const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, { error: 'time_of_day' })

export const messageRule = z.object({
  /** Whether it is told at all, by channel. */
  inbox: z.boolean(),
  dingtalk: z.boolean(),
  /** People cannot turn it off for themselves. */
  mandatory: z.boolean(),
  parts: z.array(z.enum(receiverParts)).max(receiverParts.length),
  roles: z.array(z.enum(receiverRoles)).max(receiverRoles.length),
  people: z.array(id).max(50),
  format: z.enum(messageFormats),
  /** Hours after which a work notification that had to wait is of no use any more, and is not sent. */
  usefulHours: z.int().min(1).max(168),
})
export type MessageRule = z.infer<typeof messageRule>

export const messageRules = z.object({
  kinds: z.record(z.enum(messageKinds), messageRule),
  /** When a plan's owner is reminded: some working days ahead at a time of day, and minutes before it; null = not. */
  planDue: z.object({
    day: z.object({ workingDaysBefore: z.int().min(0).max(10), at: timeOfDay }).nullable(),
    minutesBefore: z.int().min(5).max(1440).nullable(),
  }),
  /** On the first working day after it was due. */
  planOverdue: z.object({ at: timeOfDay }),
  daily: z.object({ at: timeOfDay }),
  /** 1 is Monday; on the next working day when that is none. */
  weekly: z.object({ weekday: z.int().min(1).max(7), at: timeOfDay }),
  /** Where a link opens on PC (dingtalk-server-api §5.4). */
  pcOpens: z.enum(['workbench', 'panel', 'browser']),
})
export type MessageRules = z.infer<typeof messageRules>

export const rulesView = z.object({
  rules: messageRules,
  /** Kinds that can come about; the others are the business of the CRM behind this server. */
  offered: z.array(z.enum(messageKinds)),
  /** Parts that make sense for a kind; people and roles always do. */
  parts: z.record(z.enum(messageKinds), z.array(z.enum(receiverParts))),
  /** Names of the chosen people, also of those who left. */
  people: z.array(z.object({ id, name: z.string(), active: z.boolean() })),
  /** What links begin with; without PUBLIC_URL only this machine can open them. */
  linkBase: z.string(),
  publicUrlSet: z.boolean(),
})
export type RulesView = z.infer<typeof rulesView>

export const ruleRoutes = defineRoutes({
  'GET /api/messages/rules': { summary: 'Who is told of what, and how', access: 'admin', response: rulesView },
  'PUT /api/messages/rules': { summary: 'Change who is told of what', access: 'admin', body: messageRules, response: rulesView },
})
