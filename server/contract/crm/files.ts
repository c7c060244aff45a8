import { z } from 'zod'
import { timestamp } from '../common.ts'
import { defineRoutes } from '../route.ts'
import { recordId } from './kinds.ts'
import { recordQuery } from './records.ts'

export const importableKinds = ['leads', 'customers', 'contacts'] as const
const kind = z.enum(importableKinds)

/** Bytes of a request; the route says which media types and how many. */
const bytes = z.instanceof(Uint8Array)

/** What is wrong with a row, in the reader's language. Rows count as Excel shows them: the heading is 1. */
const rowIssue = z.object({ row: z.int(), column: z.string().nullable(), message: z.string() })

export const importJob = z.object({
  id: recordId,
  kind,
  fileName: z.string(),
  status: z.enum(['checking', 'checked', 'importing', 'done', 'cancelled', 'failed']),
  createdAt: timestamp,
  rows: z.int(),
  done: z.int(),
  /** Of the pre-check. */
  valid: z.int(),
  duplicates: z.int(),
  /** Which rows they are, the first of them. */
  duplicateRows: z.array(z.int()),
  issues: z.array(rowIssue),
  moreIssues: z.int(),
  /** What was done. */
  created: z.int(),
  updated: z.int(),
  skipped: z.int(),
  error: z.string().nullable(),
})
export type ImportJob = z.infer<typeof importJob>

const job = z.object({ id: recordId })

export const fileRoutes = defineRoutes({
  'POST /api/crm/pictures': {
    summary: 'Upload a picture (JPEG, PNG, WebP); it belongs to the uploader until a record names it',
    access: 'account',
    raw: { types: ['image/jpeg', 'image/png', 'image/webp'], limit: 5_000_000 },
    body: bytes,
    response: z.object({ id: recordId, width: z.int(), height: z.int(), bytes: z.int() }),
    status: 201,
    errors: ['payload_too_large', 'unsupported_media_type', 'crm_unsupported'],
  },
  'PUT /api/crm/pictures/:id/thumb': {
    summary: 'The small form of a picture that its sender has just uploaded, scaled by the sender (at most 480 pixels a side); without one the picture itself is shown',
    access: 'account',
    params: job,
    raw: { types: ['image/jpeg', 'image/webp'], limit: 100_000 },
    body: bytes,
    response: z.undefined(),
    status: 204,
    errors: ['not_found', 'payload_too_large', 'unsupported_media_type', 'crm_unsupported'],
  },
  'GET /api/crm/pictures/:id': {
    summary: 'A picture of a record the reader may see',
    access: 'account',
    params: job,
    query: z.object({ size: z.enum(['full', 'thumb']).default('full') }),
    response: z.undefined(),
    errors: ['not_found'],
  },
  'GET /api/crm/exports/:kind': {
    summary: 'The records of a list as .xlsx, by permission; audited',
    access: 'account',
    params: z.object({ kind }),
    query: recordQuery.omit({ cursor: true, limit: true }),
    response: z.undefined(),
    errors: ['forbidden', 'crm_unsupported', 'keyword_too_short'],
  },
  'GET /api/crm/imports/template/:kind': {
    summary: 'An .xlsx to fill in, with the form\'s columns and options',
    access: 'account',
    params: z.object({ kind }),
    response: z.undefined(),
    errors: ['forbidden', 'crm_unsupported'],
  },
  'POST /api/crm/imports/:kind': {
    summary: 'Check an .xlsx before importing it; nothing is written yet',
    access: 'account',
    params: z.object({ kind }),
    query: z.object({ fileName: z.string().max(200).default('') }),
    raw: { types: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'application/octet-stream'], limit: 20_000_000 },
    body: bytes,
    response: importJob,
    status: 202,
    errors: ['forbidden', 'payload_too_large', 'unsupported_media_type', 'crm_unsupported', 'import_unreadable'],
  },
  'GET /api/crm/imports/jobs/:id': { summary: 'How far an import is', access: 'account', params: job, response: importJob, errors: ['not_found'] },
  'GET /api/crm/imports/jobs/:id/events': {
    summary: 'The import as it goes on, until its check or its writing has ended',
    access: 'account',
    params: job,
    response: importJob,
    stream: true,
    errors: ['not_found'],
  },
  'POST /api/crm/imports/jobs/:id/apply': {
    summary: 'Import what was checked, all rows or none; duplicates are skipped or updated',
    access: 'account',
    params: job,
    body: z.object({ duplicates: z.enum(['skip', 'update']), /** Leave out rows with issues instead of refusing. */ onlyValid: z.boolean().default(false) }),
    response: importJob,
    status: 202,
    errors: ['not_found', 'import_not_ready'],
  },
  'POST /api/crm/imports/jobs/:id/cancel': {
    summary: 'Stop a check or an import; nothing of it stays',
    access: 'account',
    params: job,
    response: importJob,
    errors: ['not_found', 'import_not_ready'],
  },
})
