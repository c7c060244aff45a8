import type { AccountRef } from '#contract/common.ts'
import type { Db } from '../db/index.ts'
import { sql } from 'drizzle-orm'
import { tables } from '../db/index.ts'
import { idList } from '../db/lists.ts'

const { account, accountDepartment, department } = tables

/**
 * For each account the leader of the nearest department, from its main one upwards, that has an active leader other
 * than the account itself and `except`. Accounts without one are absent. One statement, however many.
 */
export async function nearestLeaders(db: Db, accountIds: readonly string[], except: readonly string[] = []): Promise<Map<string, AccountRef>> {
  if (accountIds.length === 0)
    return new Map()
  const { rows } = (await db.execute(sql`
    with recursive up(account_id, department_id, depth) as (
      select a.id, coalesce(a.main_department_id, (select m.department_id from ${accountDepartment} m where m.account_id = a.id order by m.department_id limit 1)), 0
      from ${account} a where a.id in ${idList(accountIds)}
      union
      -- The depth ends it, should the tree ever contain a cycle; DingTalk's are not that deep.
      select up.account_id, d.parent_id, up.depth + 1 from up join ${department} d on d.id = up.department_id where d.parent_id is not null and up.depth < 100
    )
    select distinct on (up.account_id) up.account_id as "for", l.id, l.name, l.avatar
    from up join ${accountDepartment} m on m.department_id = up.department_id and m.leader join ${account} l on l.id = m.account_id
    where l.status = 'active' and l.id <> up.account_id and l.id not in ${idList(except)}
    order by up.account_id, up.depth, l.name, l.id`)) as unknown as { rows: Array<AccountRef & { for: string }> }
  return new Map(rows.map(({ for: id, ...leader }) => [id, leader]))
}
