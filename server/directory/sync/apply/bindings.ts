import type { Make } from './applied.ts'
import { sql } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { moment } from './applied.ts'

const { binding, syncChange } = tables

const after = sql`c.after`

/**
 * Passes bindings on and ends them. Members may swap userids, which are unique, so everybody first gives theirs up:
 * the placeholder cannot be a userid, because DingTalk's have at most 64 characters (dingtalk-server-api §4.3).
 */
export async function changeBindings(make: Make): Promise<void> {
  await make('binding.change', c => sql`
    update ${syncChange} set before = ${syncChange.before} || jsonb_build_object('source', b.source)
    from ${c} join ${binding} b on b.account_id = c.target_id where ${syncChange.id} = c.id`)
  await make('binding.change', c => sql`delete from ${binding} using ${c} where ${binding.accountId} = c.target_id and jsonb_typeof(coalesce(c.after, 'null'::jsonb)) = 'null'`)
  await make('binding.change', c => sql`update ${binding} set userid = repeat('-', 65) || ${binding.accountId} from ${c} where ${binding.accountId} = c.target_id`)
  await make('binding.change', c => sql`
    update ${binding} set userid = c.after->>'userid', unionid = c.after->>'unionid', state = c.after->>'state', activated = (c.after->>'activated')::boolean,
      missing_since = ${moment(after, 'missingSince')}, missing_runs = (c.after->>'missingRuns')::int, seen_at = now()
    from ${c} where ${binding.accountId} = c.target_id`)
}

/** New bindings: those of new accounts and those of accounts that had none. */
export async function createBindings(make: Make): Promise<void> {
  await make(['account.create', 'binding.create'], c => sql`
    insert into ${binding} (userid, unionid, account_id, source, state, activated, missing_since, missing_runs)
    select c.after->>'userid', c.after->>'unionid', c.target_id, c.after->>'source', c.after->>'state', (c.after->>'activated')::boolean, ${moment(after, 'missingSince')}, (c.after->>'missingRuns')::int
    from ${c}`)
}

/** How members were seen last. */
export async function markBindings(make: Make): Promise<void> {
  await make('mark.binding', c => sql`
    update ${binding} set unionid = c.after->>'unionid', state = c.after->>'state', activated = (c.after->>'activated')::boolean,
      missing_since = ${moment(after, 'missingSince')}, missing_runs = (c.after->>'missingRuns')::int, seen_at = now()
    from ${c} where ${binding.accountId} = c.target_id`)
}
