import { z } from 'zod'
import { page, paging, paragraph, timestamp } from '../common.ts'
import { defineRoutes } from '../route.ts'
import { followKind, personRef, recordId, requestKey } from './kinds.ts'

const text = paragraph(3000).refine(value => value.length > 0, { error: 'required' })
const mentions = z.array(recordId).max(50).default([])

export const comment = z.object({
  id: recordId,
  author: personRef,
  text: z.string(),
  mentions: z.array(personRef),
  createdAt: timestamp,
  edited: z.boolean(),
  /** The reader wrote it. */
  own: z.boolean(),
})
export type Comment = z.infer<typeof comment>

const target = z.object({ kind: followKind, id: recordId })

/** Comments on follow-up records and plans, oldest first. */
export const commentRoutes = defineRoutes({
  'GET /api/crm/:kind/:id/comments': {
    summary: 'Comments on a follow-up or plan',
    access: 'account',
    params: target,
    query: paging,
    response: page(comment),
    errors: ['not_found', 'crm_unsupported'],
  },
  'POST /api/crm/:kind/:id/comments': {
    summary: 'Comment on a follow-up or plan; people mentioned who may not see it are refused by name',
    access: 'account',
    params: target,
    body: z.object({ text, mentions, requestKey }),
    response: comment,
    status: 201,
    errors: ['not_found', 'mention_unseen', 'crm_unsupported'],
  },
  'PATCH /api/crm/comments/:id': {
    summary: 'Change one\'s own comment',
    access: 'account',
    params: z.object({ id: recordId }),
    body: z.object({ text, mentions }),
    response: comment,
    errors: ['not_found', 'mention_unseen', 'crm_unsupported'],
  },
  'DELETE /api/crm/comments/:id': {
    summary: 'Delete one\'s own comment',
    access: 'account',
    params: z.object({ id: recordId }),
    response: z.undefined(),
    status: 204,
    errors: ['not_found', 'crm_unsupported'],
  },
})
