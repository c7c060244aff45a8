import { z } from 'zod'
import { id, line, page, paging, timestamp } from '../common.ts'
import { defineRoutes } from '../route.ts'

export const auditEntry = z.object({
  id,
  at: timestamp,
  actor: z.string(),
  actorId: id.nullable(),
  /** What was done, as `area.verb`; the H5 has words for the known ones. */
  action: z.string(),
  target: z.object({ type: z.string(), id: z.string().nullable(), name: z.string().nullable() }).nullable(),
  /** What was changed, usually with `before` and `after`; secrets are masked. */
  detail: z.record(z.string(), z.unknown()),
  ip: z.string().nullable(),
  requestId: z.string().nullable(),
})
export type AuditEntry = z.infer<typeof auditEntry>

const filter = z.object({
  /** In actor, target or what was changed; an IP address or request id as it is. */
  q: line(100).optional(),
  /** Actions that what was searched for means in the reader's language, separated by commas; they are found as well. */
  qActions: line(2000).optional(),
  /** An action, or the area it begins with (`sync`). */
  action: line(60).optional(),
  actor: line(100).optional(),
  targetType: line(60).optional(),
  targetId: line(100).optional(),
  from: timestamp.optional(),
  to: timestamp.optional(),
})
export type AuditFilter = z.output<typeof filter>

export const auditRoutes = defineRoutes({
  'GET /api/audit': { summary: 'Who did what, newest first', access: 'admin', query: paging.extend(filter.shape), response: page(auditEntry) },
  'GET /api/audit/facets': {
    summary: 'Actions, actors and kinds of targets that occur, for the filters',
    access: 'admin',
    response: z.object({ actions: z.array(z.string()), actors: z.array(z.string()), targets: z.array(z.string()) }),
  },
  'GET /api/audit/export': { summary: 'The filtered log as CSV; itself audited', access: 'admin', query: filter, response: z.unknown() },
})
