import type { SQL } from 'drizzle-orm'
import type { SyncSettings } from '#contract/sync/index.ts'
import type { SnapshotMember } from '../snapshot.ts'
import { sql } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'

const { account, accountDepartment, binding } = tables

/** Between the values of a line. No text of a snapshot contains it (member.ts), so lines that are equal have equal values. */
const separator = '\x1F'

/** A department's id and whether it is led. */
const place = sql`${accountDepartment.departmentId} || case when ${accountDepartment.leader} then '1' else '0' end`
export const placeLength = 37

/** A field of which lines speak, and what it is for a member whose account is as it should be. */
export interface ComparedField {
  column: SQL
  expected: (member: SnapshotMember) => string
}

/**
 * The fields in which an account may differ from its member, by who decides each: what the CRM decides, and what
 * DingTalk tells of nobody, makes no difference. Where DingTalk only fills gaps, it matters whether there is one.
 */
export function comparedFields(members: SnapshotMember[], owners: SyncSettings['fields']): ComparedField[] {
  const told = (Object.keys(owners) as Array<keyof typeof owners>).filter(name => owners[name] !== 'crm' && members.some(member => member[name] !== undefined))
  return told.map((name): ComparedField => {
    const fills = owners[name] === 'fill'
    if (name === 'hiredAt') {
      return fills
        ? { column: sql`(${account.hiredAt} is not null)`, expected: ({ hiredAt }) => (hiredAt === undefined ? 'f' : 't') }
        : { column: sql`round(date_part('epoch', ${account.hiredAt}) * 1000)::bigint`, expected: ({ hiredAt }) => (hiredAt === undefined ? '' : String(hiredAt)) }
    }
    const column = sql`${account[name]}`
    return fills ? { column: sql`(${column} <> '')`, expected: member => (member[name] ? 't' : '') } : { column, expected: member => member[name] ?? '' }
  })
}

/** Everybody with a binding: the place of the main department, userid, whether all is as it is for most, unionid, fields. */
export function linePeople(fields: ComparedField[]): SQL {
  const usual = sql`case
    when ${account.role} = 'member' and ${account.status} = 'active' and ${binding.state} = 'present' and ${binding.missingRuns} = 0 and ${binding.missingSince} is null
    then case when ${binding.activated} then '1' else '0' end end`
  const values = [sql`${binding.userid}`, usual, sql`${binding.unionid}`, ...fields.map(({ column }) => column), sql`''`]
  return sql`
    select ${account.id}, concat(coalesce(${place}, repeat('-', ${placeLength})), ${sql.join(values, sql.raw(`, E'\x1F', `))})
    from ${binding}
    join ${account} on ${account.id} = ${binding.accountId}
    left join ${accountDepartment} on ${accountDepartment.accountId} = ${account.id} and ${accountDepartment.departmentId} = ${account.mainDepartmentId}`
}

/** Whose line it is. */
export function userIn(line: string): string {
  return line.slice(placeLength, line.indexOf(separator))
}

/** Whether a line says what it should of a member, but for the place. It is the one with their userid. */
export function saysOf(line: string, member: SnapshotMember, fields: ComparedField[]): boolean {
  const { userid, activated, unionid } = member
  let at = placeLength + userid.length + 1
  return says(activated === false ? '0' : '1') && says(unionid ?? '') && fields.every(({ expected }) => says(expected(member))) && at === line.length

  function says(value: string): boolean {
    const fits = line.startsWith(value, at) && line.startsWith(separator, at + value.length)
    at += value.length + 1
    return fits
  }
}

/** The places beside the main department, of those who have any. */
export function lineFurther(): SQL {
  return sql`
    select ${account.id}, string_agg(${place}, '')
    from ${accountDepartment} join ${account} on ${account.id} = ${accountDepartment.accountId}
    where ${accountDepartment.departmentId} is distinct from ${account.mainDepartmentId} group by ${account.id}`
}
