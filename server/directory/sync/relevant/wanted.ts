import type { SQL } from 'drizzle-orm'
import type { SyncSettings } from '#contract/sync/index.ts'
import type { SnapshotMember } from '../snapshot.ts'
import { sql } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { idList, textList } from '../../../db/lists.ts'
import { valuesOf } from '../plan/matching/values.ts'

const { account, binding } = tables

/** What String.trim removes. */
const whitespace = '\t\n\v\f\r \u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u2028\u2029\u202F\u205F\u3000\uFEFF'

/** Digits at the end of a number that have to be the same, however its country is written. */
const lastDigits = 7

interface Wanted {
  /** Accounts to read in any case. */
  ids: Iterable<string>
  /** Bindings whose accounts to read in any case. */
  userids: Iterable<string>
  /** Members who may have to be matched with an account. */
  open: SnapshotMember[]
  matchBy: SyncSettings['matchBy']
}

/**
 * The ids of the accounts that a plan has to know: these, all administrators, and whoever shares a unionid or a value
 * of the matching rules with an open member. The database compares more loosely than the rules do, never more strictly.
 */
export function wantedAccounts({ ids, userids, open, matchBy }: Wanted): SQL {
  const conditions = [sql`${account.role} = 'admin'`, ...(open.length === 0 ? [] : matchBy.flatMap(by => mayMatch(by, open)))]
  const unionids = new Set(open.flatMap(({ unionid }) => unionid ?? []))
  const parts = [
    sql`select value from ${idList(ids)} given`,
    sql`select ${binding.accountId} from ${binding} where ${binding.userid} in ${textList(userids)}`,
    sql`select ${account.id} from ${account} where ${sql.join(conditions, sql` or `)}`,
    ...(unionids.size === 0 ? [] : [sql`select ${binding.accountId} from ${binding} where ${binding.unionid} in ${textList(unionids)}`]),
  ]
  return sql`(${sql.join(parts, sql` union `)})`
}

function mayMatch(by: SyncSettings['matchBy'][number], open: SnapshotMember[]): SQL | [] {
  const values = new Set(open.flatMap(member => valuesOf(by, member)))
  if (values.size === 0)
    return []
  const column = sql`${account[by]}`
  const among = (value: SQL, list: Iterable<string>) => sql`${value} in ${textList(list)}`
  switch (by) {
    case 'mobile':
      return sql`(${column} ~ '[^0-9]' or ${among(sql`ltrim(right(${column}, ${lastDigits}), '0')`, Array.from(values, endOf))})`
    case 'email':
      // Which letters have a small form depends on the database's language, but not for these.
      return sql`(${column} collate "C" ~ '[^ -~]' or ${among(sql`lower(btrim(${column}) collate "C")`, values)})`
    case 'jobNumber':
      return among(sql`btrim(${column}, ${whitespace})`, values)
  }
}

function endOf(mobile: string): string {
  return mobile.replace(/\D/g, '').slice(-lastDigits).replace(/^0+/, '')
}
