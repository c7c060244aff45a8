import type { z } from 'zod'
import type { DividedRecord, handoverRoutes, OwnedCounts } from '#contract/handover.ts'
import type { OwnedRecord } from '../../crm/index.ts'
import { createHash } from 'node:crypto'
import { z as zod } from 'zod'
import { readCursor, writeCursor } from '../../http/cursor.ts'
import { divide } from './divide.ts'

type PreviewRoute = (typeof handoverRoutes)['POST /api/directory/accounts/:id/handover/preview']
export type Wanted = z.output<PreviewRoute['body']>
export type Division = z.output<PreviewRoute['response']>

const position = zod.object({ from: zod.int().min(0) })

/** Names exactly these records, whatever their names are by now. */
export function fingerprint(records: readonly OwnedRecord[]): string {
  return createHash('sha256').update(records.map(({ id }) => id).sort().join()).digest('base64url')
}

/** A page of who would get which record, and what that comes to. */
export function previewDivision(records: readonly OwnedRecord[], { cursor, limit, kind, q, whom, ...order }: Wanted): Division {
  const divided = divide(records, order)
  const wanted = q?.toLowerCase()
  const found = divided.filter(record =>
    (!kind || record.kind === kind)
    && (!whom || record.to === (whom === 'stays' ? null : whom))
    && (!wanted || record.name.toLowerCase().includes(wanted) || record.with?.toLowerCase().includes(wanted)))
  const from = readCursor(position, cursor)?.from ?? 0
  return {
    items: found.slice(from, from + limit),
    nextCursor: from + limit < found.length ? writeCursor({ from: from + limit }) : null,
    total: found.length,
    shares: order.to.map(id => countsOf(divided, id)),
    stays: countsOf(divided, null),
    seen: fingerprint(records),
  }
}

function countsOf(records: readonly DividedRecord[], whom: string | null): OwnedCounts {
  return Object.fromEntries([...Map.groupBy(records.filter(({ to }) => to === whom), ({ kind }) => kind)].map(([kind, those]) => [kind, those.length]))
}
