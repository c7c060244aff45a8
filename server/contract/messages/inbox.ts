import { z } from 'zod'
import { id, line, nothing, page, paging, timestamp } from '../common.ts'
import { defineRoutes } from '../route.ts'
import { messageCategories, messageKinds } from './kinds.ts'

export const inboxMessage = z.object({
  id,
  kind: z.enum(messageKinds),
  category: z.enum(messageCategories),
  title: z.string(),
  text: z.string(),
  at: timestamp,
  read: z.boolean(),
  /** The page of the H5 that a tap opens; null when there is nothing to open. */
  path: z.string().nullable(),
})
export type InboxMessage = z.infer<typeof inboxMessage>

export const unreadCount = z.object({ unread: z.int(), byCategory: z.record(z.enum(messageCategories), z.int()) })
export type UnreadCount = z.infer<typeof unreadCount>

export const inboxRoutes = defineRoutes({
  'GET /api/crm/messages': {
    summary: 'The reader\'s messages, newest first',
    access: 'account',
    query: paging.extend({ category: z.enum(messageCategories).optional(), unread: z.enum(['true', 'false']).default('false') }),
    response: page(inboxMessage),
  },
  'GET /api/crm/messages/unread': { summary: 'How many messages the reader has not read', access: 'account', response: unreadCount },
  'GET /api/crm/messages/live': {
    summary: 'The number of unread messages, at once and whenever it changes',
    access: 'account',
    response: unreadCount,
    stream: true,
  },
  'POST /api/crm/messages/read': {
    summary: 'Mark messages as read: the named ones, or all of a category, or all',
    access: 'account',
    body: z.union([
      z.strictObject({ ids: z.array(id).min(1).max(100) }),
      z.strictObject({ all: z.literal(true), category: z.enum(messageCategories).optional() }),
    ]),
    response: unreadCount,
  },
  'POST /api/crm/messages/open': {
    summary: 'Where a link of a work notification (/n/<id>) leads; what told of it counts as read from now on',
    access: 'account',
    body: z.object({ link: line(80).min(1) }),
    response: z.object({ path: z.string() }),
    errors: ['not_found'],
  },
  'PUT /api/crm/messages/language': {
    summary: 'The language messages are written to the reader in',
    access: 'account',
    body: z.object({ locale: z.enum(['zh-CN', 'en-US']) }),
    response: nothing,
    status: 204,
  },
})
