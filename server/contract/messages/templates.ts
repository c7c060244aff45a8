import { z } from 'zod'
import { line, paragraph } from '../common.ts'
import { sendingRecipient } from '../delivery/log.ts'
import { defineRoutes } from '../route.ts'
import { messageKinds } from './kinds.ts'
import { messageFormats } from './rules.ts'

const kind = z.enum(messageKinds)

/** Words with `{{variables}}`. */
export const messageTemplate = z.object({
  title: line(100).refine(value => value.length > 0, { error: 'required' }),
  text: paragraph(1000),
})
export const messageTexts = z.object({ 'zh-CN': messageTemplate, 'en-US': messageTemplate })
export type MessageTexts = z.infer<typeof messageTexts>
export type MessageTemplate = z.infer<typeof messageTemplate>

export const templateView = z.object({
  kind,
  texts: messageTexts,
  defaults: messageTexts,
  edited: z.boolean(),
  variables: z.array(z.object({ name: z.string(), sample: z.string() })),
})
export type TemplateView = z.infer<typeof templateView>

/** A message as it would look, in one language. */
export const messagePreview = z.object({
  title: z.string(),
  text: z.string(),
  /** What DingTalk would be sent. */
  message: z.record(z.string(), z.unknown()),
  /** Of the 2,048 that DingTalk takes (dingtalk-server-api §5.1). */
  bytes: z.int(),
})
export type MessagePreview = z.infer<typeof messagePreview>

export const templateRoutes = defineRoutes({
  'GET /api/messages/templates': { summary: 'The words of all messages', access: 'admin', response: z.object({ templates: z.array(templateView) }) },
  'PUT /api/messages/templates/:kind': {
    summary: 'Change the words of a message; null brings the original back',
    access: 'admin',
    params: z.object({ kind }),
    body: z.object({ texts: messageTexts.nullable() }),
    response: templateView,
  },
  'POST /api/messages/templates/preview': {
    summary: 'How a message would look, with sample values',
    access: 'admin',
    body: z.object({ kind, texts: messageTexts, format: z.enum(messageFormats) }),
    response: z.object({ 'zh-CN': messagePreview, 'en-US': messagePreview }),
  },
  'POST /api/messages/test': {
    summary: 'Send a message with sample values to oneself, at once',
    access: 'admin',
    body: z.object({ kind, texts: messageTexts, format: z.enum(messageFormats) }),
    response: z.object({ id: z.uuid(), result: sendingRecipient, resumed: z.boolean() }),
    status: 201,
    errors: ['not_configured', 'notifications_off'],
  },
})
