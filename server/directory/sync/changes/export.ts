import type { Response } from 'express'
import type { SyncChange } from '#contract/sync/index.ts'
import type { OwnedRecordsPort } from '../../../crm/index.ts'
import type { Db } from '../../../db/index.ts'
import type { Locale } from '../../../http/locale.ts'
import { once } from 'node:events'
import { csvLine } from '../../../http/csv.ts'
import { eachBatch } from './store.ts'
import { presentChanges } from './view.ts'

const header = ['kind', 'target', 'name', 'userid', 'before', 'after', 'reason', 'status', 'records']

/** Writes all changes of a run as a file, a batch at a time: a large run never stands in memory as a whole. */
export async function exportChanges(
  parts: { db: Db, ownedRecords: OwnedRecordsPort },
  runId: string,
  format: 'csv' | 'json',
  locale: Locale,
  res: Response,
): Promise<void> {
  res
    .status(200)
    .set({
      'content-type': format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="sync-${runId}.${format}"`,
    })
  const write = async (text: string) => {
    // Whoever reads slowly must not fill our memory.
    if (!res.write(text) && !res.destroyed)
      await Promise.race([once(res, 'drain'), once(res, 'close')])
  }
  // Excel takes a file for UTF-8 only when it begins with a byte order mark.
  await write(format === 'csv' ? `\uFEFF${csvLine(header)}` : '[')
  let first = true
  for await (const batch of eachBatch(parts.db, runId)) {
    if (res.destroyed)
      return
    const changes = await presentChanges(parts, runId, batch, locale)
    await write(format === 'csv' ? changes.map(toCsv).join('') : (first ? '' : ',') + changes.map(change => JSON.stringify(change)).join(',\n'))
    first = false
  }
  res.end(format === 'csv' ? '' : ']')
}

function toCsv({ kind, target, userid, before, after, reason, status, records }: SyncChange): string {
  return csvLine([
    kind,
    target.type,
    target.name,
    userid ?? '',
    inOneCell(before),
    inOneCell(after),
    reason,
    status,
    inOneCell(records),
  ])
}

function inOneCell(values: SyncChange['before']): string {
  return Object.entries(values ?? {})
    .map(([name, value]) => `${name}=${Array.isArray(value) ? value.join(' / ') : (value ?? '')}`)
    .join('; ')
}
