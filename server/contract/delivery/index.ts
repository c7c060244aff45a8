import { z } from 'zod'
import { idParams, line, page, paragraph } from '../common.ts'
import { defineRoutes } from '../route.ts'
import { recipientsQuery, sending, sendingDetail, sendingRecipient, sendingsQuery } from './log.ts'
import { callBudget, deliveryQueue, deliverySettings, deliveryView } from './settings.ts'

export * from './log.ts'
export * from './settings.ts'

export const deliveryRoutes = defineRoutes({
  'POST /api/notifications': {
    summary: 'Send a test to oneself, at once; when it arrives at DingTalk, a paused queue goes on',
    access: 'admin',
    body: z.object({ text: paragraph(500).optional() }).optional(),
    response: z.object({ id: z.uuid(), result: sendingRecipient, resumed: z.boolean() }),
    status: 201,
    errors: ['not_configured', 'notifications_off', 'rate_limited'],
  },
  'GET /api/notifications': { summary: 'What was sent and what waits, newest first', access: 'admin', query: sendingsQuery, response: page(sending) },
  'GET /api/notifications/:id': {
    summary: 'One sending with what became of it for each recipient',
    access: 'admin',
    params: idParams,
    query: recipientsQuery,
    response: sendingDetail,
  },
  'POST /api/notifications/:id/recall': {
    summary: 'Take a sending back: what waits is not sent, what was sent within 24 hours is recalled, what is under way as soon as DingTalk has answered',
    access: 'admin',
    params: idParams,
    response: z.object({ recalled: z.int(), underWay: z.int(), tooLate: z.int(), failed: z.int() }),
  },
  'POST /api/notifications/:id/retry': {
    summary: 'Send the same message again to recipients who certainly or possibly did not get it',
    access: 'admin',
    params: idParams,
    body: z.object({ recipients: z.array(z.uuid()).max(1000).optional() }).optional(),
    response: z.object({ queued: z.int() }),
  },
  'POST /api/notifications/:id/check': {
    summary: 'Ask DingTalk for the result now; one call for each 100 recipients, within 24 hours of sending',
    access: 'admin',
    params: idParams,
    response: z.object({ asked: z.int(), tooLate: z.int(), failed: z.int() }),
  },
  'POST /api/notifications/:id/status': {
    summary: 'Change the status bar of an oa message with at most five recipients, within seven days',
    access: 'admin',
    params: idParams,
    body: z.object({ value: line(20).pipe(z.string().min(1)), background: z.string().regex(/^0x[\da-f]{8}$/i, { error: 'colour_format' }).default('0xFF1B8A4F') }),
    response: z.object({ changed: z.int() }),
    errors: ['notification_no_status'],
  },
  'GET /api/notification-delivery': { summary: 'Delivery at a glance: settings, queue, budget', access: 'admin', response: deliveryView },
  'PUT /api/notification-delivery': { summary: 'Change how notifications are delivered', access: 'admin', body: deliverySettings, response: deliveryView },
  'POST /api/notification-delivery/pause': { summary: 'Stop sending; messages keep waiting', access: 'admin', response: deliveryQueue },
  'POST /api/notification-delivery/resume': { summary: 'Go on sending', access: 'admin', response: deliveryQueue },
  'POST /api/notification-delivery/todos/retry': { summary: 'Try again to write the to-dos that could not be written', access: 'admin', response: deliveryView },
  'GET /api/notification-delivery/budget': { summary: 'DingTalk calls of this month against the budget', access: 'admin', response: callBudget },
})
