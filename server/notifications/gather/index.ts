import type { DeliverySettings } from '#contract/delivery/index.ts'
import type { Db } from '../../db/index.ts'
import type { DeliveryParts } from '../parts.ts'
import type { Part } from './groups.ts'
import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { idList } from '../../db/lists.ts'
import { latestOf } from '../days.ts'
import { fix, hashOf } from '../outbox/content.ts'
import { digestsDue, windowsOver } from './groups.ts'

/**
 * Makes one message of those of one person whose gathering window is over, and in saving mode of all that were written before
 * the last digest time. The originals are kept and point to it; where there is but one, it goes out as it was written.
 * @returns whether there may be more
 */
export async function gather(parts: DeliveryParts, settings: DeliverySettings, saving: boolean): Promise<boolean> {
  const at = parts.now()
  return parts.db.transaction(async (tx) => {
    const windows = await settle(tx, parts, await windowsOver(tx, at, saving), undefined)
    const digests = saving && await settle(tx, parts, await digestsDue(tx, at, latestOf(settings.saving.times, at)), 'digest')
    return windows || digests
  })
}

/** @returns whether anything changed */
async function settle(tx: Db, parts: DeliveryParts, groups: Part[][], as: 'digest' | undefined): Promise<boolean> {
  const at = parts.now()
  const single: string[] = []
  const merged: Merged[] = []
  for (const group of groups) {
    const one = group.length > 1 ? render(parts, group, as, at) : undefined
    if (one)
      merged.push(one)
    else single.push(...group.flatMap(({ id, gather_key }) => (gather_key === null ? [] : id)))
  }
  if (single.length > 0)
    await tx.execute(sql`update notification set gather_key = null where id in ${idList(single)}`)
  if (merged.length > 0)
    await write(tx, merged, at)
  return single.length + merged.length > 0
}

interface Merged {
  id: string
  sending_id: string
  kind: string
  title: string
  payload: string
  content_hash: string
  account_id: string
  priority: number
  locale: string
  /** When the last of them is of no use any more. */
  expires_at: Date | null
  ids: string[]
}

/** undefined: nobody renders it, or it cannot be sent; the messages go out singly. */
function render({ merge, linkBase, log }: DeliveryParts, group: Part[], as: 'digest' | undefined, at: number): Merged | undefined {
  const { account_id, locale } = group.at(-1)!
  const kind = as ?? group[0]!.kind
  try {
    const messages = group.map(({ kind, title, data, created_at }) => ({ kind, title, data: data ?? {}, at: created_at }))
    const rendered = merge()?.(kind, messages, locale, new Date(at))
    const fixed = rendered && fix(rendered.message, linkBase)
    if (!rendered || !fixed || fixed.refusal)
      return undefined
    return {
      id: randomUUID(),
      sending_id: randomUUID(),
      kind,
      title: rendered.title,
      payload: fixed.payload,
      content_hash: hashOf(fixed.payload),
      account_id,
      priority: Math.min(...group.map(({ priority }) => priority)),
      locale,
      expires_at: group.some(({ expires_at }) => expires_at === null) ? null : new Date(Math.max(...group.map(({ expires_at }) => expires_at!.getTime()))),
      ids: group.map(({ id }) => id),
    }
  }
  catch (error) {
    log.warn({ err: error, kind }, 'messages could not be put together and go out singly')
    return undefined
  }
}

/** People who get the same text share a line of the log. */
async function write(tx: Db, merged: Merged[], at: number): Promise<void> {
  const lines = new Map<string, string>()
  const rows = merged.map((one) => {
    const content = `${one.kind} ${one.content_hash}`
    const sending_id = lines.get(content) ?? one.sending_id
    lines.set(content, sending_id)
    return { ...one, sending_id }
  })
  const moment = sql`${new Date(at).toISOString()}::timestamptz`
  await tx.execute(sql`
    with m as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as m(id uuid, sending_id uuid, kind text, title text, payload text,
        content_hash text, account_id uuid, priority integer, locale text, expires_at timestamptz, ids jsonb)
    ), s as (
      insert into notification_sending (id, kind, title, payload, created_at)
      select distinct on (sending_id) sending_id, kind, title, payload, ${moment} from m
    ), n as (
      insert into notification (id, sending_id, key, kind, priority, account_id, content_hash, due_at, expires_at, created_at, locale, state)
      select id, sending_id, 'merged:' || id, kind, priority, account_id, content_hash, ${moment}, expires_at, ${moment}, locale, 'queued' from m
    )
    update notification o set state = 'merged', merged_into = m.id, result_at = ${moment}
    from m, jsonb_array_elements_text(m.ids) as part(original) where o.id = part.original::uuid`)
}
