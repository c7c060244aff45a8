import type { Db } from '../../../db/index.ts'
import type { Conflict } from '../plan/types.ts'
import { sql } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { recordset } from '../../../db/recordset.ts'
import { toStoredMember } from './stored.ts'

const { syncConflict } = tables

const columns = { userid: 'text', unionid: 'text', kind: 'text', member: 'jsonb', candidates: 'jsonb', reopens: 'timestamptz' } as const

/**
 * Keeps a plan's conflicts in the queue, within the transaction that records the plan; two statements, however
 * many there are. A decision is only reopened when the plan knew it and could not follow it: one taken while the
 * plan was being made stays. Open conflicts that a complete plan no longer finds have lost their cause and go.
 */
export async function recordConflicts(tx: Db, conflicts: Conflict[], { partial }: { partial: boolean }): Promise<void> {
  const rows = conflicts.map(({ kind, member, candidates, reason, reopens }) => ({
    userid: member.userid,
    unionid: member.unionid ?? '',
    kind,
    member: toStoredMember(member),
    candidates: { ids: candidates, reason },
    reopens: reopens === undefined ? null : new Date(reopens).toISOString(),
  }))
  if (!partial) {
    await tx.execute(sql`
      delete from ${syncConflict} where ${syncConflict.action} is null and not exists (
        select 1 from ${recordset('found', columns, rows)}
        where found.userid = ${syncConflict.userid} and found.unionid = ${syncConflict.unionid}
      )`)
  }
  if (rows.length > 0) {
    await tx.execute(sql`
      insert into ${syncConflict} as held (id, userid, unionid, kind, member, candidates)
      select gen_random_uuid(), found.userid, found.unionid, found.kind, found.member, found.candidates
      from ${recordset('found', columns, rows)}
      on conflict (userid, unionid) do update set
        kind = excluded.kind, member = excluded.member, candidates = excluded.candidates,
        created_at = case when held.action is null then held.created_at else now() end,
        action = null, account_id = null, resolved_by = null, resolved_at = null
      where held.action is null or exists (
        select 1 from ${recordset('known', columns, rows)}
        where known.userid = held.userid and known.unionid = held.unionid and known.reopens = date_trunc('milliseconds', held.resolved_at)
      )`)
  }
}
