import { z } from 'zod'
import { accountRef, id, idParams, line, page, paging, paragraph, timestamp } from '../common.ts'
import { notificationState, recipientsQuery, sendingRecipient } from '../delivery/log.ts'
import { department } from '../directory.ts'
import { defineRoutes } from '../route.ts'
import { messagePreview } from './templates.ts'

export const announcementLimits = { title: 50, text: 5000, people: 5000, departments: 200 } as const

export const announcementAudience = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }),
  z.object({ kind: z.literal('departments'), ids: z.array(id).max(announcementLimits.departments) }),
  z.object({ kind: z.literal('people'), ids: z.array(id).max(announcementLimits.people, { error: 'too_many_people' }) }),
])
export type AnnouncementAudience = z.infer<typeof announcementAudience>

/**
 * people: calls of at most 100, and known for each person; departments: few calls, and nobody knows who got it
 * (dingtalk-server-api §5.1, §5.3); inbox: only in the CRM.
 */
export const announcementWays = ['people', 'departments', 'inbox'] as const
export type AnnouncementWay = (typeof announcementWays)[number]

export const announcementDraft = z.object({
  title: line(announcementLimits.title).refine(value => value.length > 0, { error: 'required' }),
  text: paragraph(announcementLimits.text).refine(value => value.length > 0, { error: 'required' }),
  audience: announcementAudience,
  way: z.enum(announcementWays),
  /** Also during quiet hours. */
  urgent: z.boolean(),
})
export type AnnouncementDraft = z.infer<typeof announcementDraft>

/** Why somebody who was chosen gets nothing in DingTalk. */
export const leftOut = z.object({ account: accountRef, reason: z.enum(['disabled', 'unbound', 'turned_off']) })
export type LeftOut = z.infer<typeof leftOut>

export const announcementCheck = z.object({
  /** People who read it in the CRM. */
  recipients: z.int(),
  /** Of them, people who get it in DingTalk. */
  reachable: z.int(),
  /** The first hundred. */
  left: z.array(leftOut),
  leftTotal: z.int(),
  /** Calls to DingTalk that each way costs; null where it cannot be used. `results`: of the way to people, about so many more ask what became of it. */
  calls: z.object({ people: z.int(), results: z.int(), departments: z.int().nullable() }),
  /** Where a call to departments reaches more people than may be sent to in a minute, because they belong to it directly: how many, and how many may. */
  crowded: z.object({ people: z.int(), perMinute: z.int() }).nullable(),
  previews: z.object({ 'zh-CN': messagePreview, 'en-US': messagePreview }),
})
export type AnnouncementCheck = z.infer<typeof announcementCheck>

export const announcement = z.object({
  id,
  title: z.string(),
  text: z.string(),
  author: z.string(),
  way: z.enum(announcementWays),
  recipients: z.int(),
  leftTotal: z.int(),
  calls: z.int(),
  createdAt: timestamp,
})
export type Announcement = z.infer<typeof announcement>

const readable = announcement.pick({ id: true, title: true, text: true, author: true, createdAt: true }).extend({
  /** The reader may see whom it reached. */
  results: z.boolean(),
})

/** Whom the caller may announce something to. */
export const announcementReach = z.object({
  everybody: z.boolean(),
  /** Announcements go out in DingTalk, too: the company's rules say so. */
  dingtalk: z.boolean(),
  /** Departments all of whose people are within reach, parents before children. */
  departments: z.array(department),
})
export type AnnouncementReach = z.infer<typeof announcementReach>

export const announcementResults = z.object({
  announcement,
  /** Of those it was made to in the CRM, how many have read it there. */
  inbox: z.object({ people: z.int(), read: z.int() }),
  /** Who was chosen and got nothing in DingTalk; the first thousand. */
  left: z.array(leftOut),
  /** People in each state of the work notification. */
  states: z.partialRecord(notificationState, z.int()),
  recipients: page(sendingRecipient),
  /** Its lines of the send log. */
  sendings: z.array(id),
})
export type AnnouncementResults = z.infer<typeof announcementResults>

export const announcementRoutes = defineRoutes({
  'GET /api/messages/announcements/reach': {
    summary: 'Whom one may announce something to',
    access: 'account',
    response: announcementReach,
  },
  'GET /api/messages/announcements/people': {
    summary: 'People one may announce something to, by keyword; at most thirty',
    access: 'account',
    query: z.object({ q: line(100).optional() }),
    response: z.object({ people: z.array(accountRef) }),
  },
  'POST /api/messages/announcements/check': {
    summary: 'Who would get an announcement, what it costs and how it looks',
    access: 'account',
    body: announcementDraft.extend({ title: line(announcementLimits.title), text: paragraph(announcementLimits.text) }),
    response: announcementCheck,
  },
  'POST /api/messages/announcements': {
    summary: 'Announce; the same key again answers what the first one sent',
    access: 'account',
    body: announcementDraft.extend({ key: id }),
    response: announcement,
    status: 201,
  },
  'GET /api/messages/announcements': { summary: 'What was announced, newest first', access: 'account', query: paging, response: page(announcement) },
  'GET /api/messages/announcements/:id/results': {
    summary: 'What became of an announcement for each recipient, for its author and administrators',
    access: 'account',
    params: idParams,
    query: recipientsQuery,
    response: announcementResults,
    errors: ['not_found'],
  },
  'GET /api/crm/messages/announcements/:id': {
    summary: 'An announcement in full, for those it was made to',
    access: 'account',
    params: idParams,
    response: readable,
    errors: ['not_found'],
  },
})
