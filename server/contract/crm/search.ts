import { z } from 'zod'
import { line } from '../common.ts'
import { defineRoutes } from '../route.ts'
import { mainKind, personRef, recordId } from './kinds.ts'
import { recordRow } from './records.ts'

/** What the duplicate check may say of a record of the whole company: enough to know whom to ask, not enough to use. */
export const duplicate = z.object({
  kind: mainKind,
  /** Which of the values met. */
  by: z.enum(['name', 'phone']),
  /** In full where the reader may see the record, else masked ("上海**科技"). */
  name: z.string(),
  phone: z.string().nullable(),
  owner: personRef.nullable(),
  /** Only where the reader may open it. */
  id: recordId.nullable(),
})
export type Duplicate = z.infer<typeof duplicate>

export const searchRoutes = defineRoutes({
  'GET /api/crm/search': {
    summary: 'Records of every main kind that the reader may see, by keyword; a few of each kind',
    access: 'account',
    query: z.object({ q: line(100).refine(value => value.length > 0, { error: 'required' }), limit: z.coerce.number().int().min(1).max(20).default(5) }),
    response: z.object({ groups: z.array(z.object({ kind: mainKind, items: z.array(recordRow), more: z.boolean() })) }),
    errors: ['crm_login_required', 'keyword_too_short'],
  },
  'GET /api/crm/duplicates': {
    summary: 'Whether the company already has a record with this name or phone; rate-limited and audited',
    access: 'account',
    query: z.object({ kind: mainKind, name: line(200).optional(), phone: line(40).optional(), except: recordId.optional() }),
    response: z.object({ duplicates: z.array(duplicate) }),
    errors: ['rate_limited', 'crm_unsupported'],
  },
  'GET /api/crm/owners': {
    summary: 'People the reader may name as owner, mention or share with, by keyword',
    access: 'account',
    query: z.object({
      q: line(100).optional(),
      for: z.enum(['owner', 'mention', 'share']).default('owner'),
      /** Which of these DingTalk members have an account; the others come back as unbound. */
      userids: z.string().max(4000).optional(),
    }),
    response: z.object({ owners: z.array(personRef), /** userids without an account. */ unbound: z.array(z.string()).optional() }),
    errors: ['crm_login_required'],
  },
})
