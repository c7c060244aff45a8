import type { SyncSettings } from '#contract/sync/index.ts'
import type { SnapshotMember } from '../snapshot.ts'
import type { AccountFields } from './types.ts'

type Owners = SyncSettings['fields']
type Owner = Owners[keyof Owners]

/** What a new account starts with: DingTalk's values, whoever decides them later. */
export function newFields(member: SnapshotMember, managerId: string | null): AccountFields {
  return {
    name: member.name || member.userid,
    avatar: member.avatar || null,
    title: member.title || null,
    mobile: member.mobile || null,
    email: member.email || null,
    jobNumber: member.jobNumber || null,
    hiredAt: member.hiredAt ?? null,
    managerId,
  }
}

/**
 * An account's fields after following DingTalk, by who decides each. What DingTalk does not tell (not filled in,
 * or no permission for the field, dingtalk-server-api §4.6) leaves what we have. undefined when nothing differs.
 */
export function followedFields(held: AccountFields, member: SnapshotMember, owners: Owners, managerId: string | null): AccountFields | undefined {
  const name = decide(owners.name, held.name, member.name) ?? held.name
  const avatar = decide(owners.avatar, held.avatar, member.avatar)
  const title = decide(owners.title, held.title, member.title)
  const mobile = decide(owners.mobile, held.mobile, member.mobile)
  const email = decide(owners.email, held.email, member.email)
  const jobNumber = decide(owners.jobNumber, held.jobNumber, member.jobNumber)
  const hiredAt = decide(owners.hiredAt, held.hiredAt, member.hiredAt)
  const same
    = name === held.name
      && avatar === held.avatar
      && title === held.title
      && mobile === held.mobile
      && email === held.email
      && jobNumber === held.jobNumber
      && hiredAt === held.hiredAt
      && managerId === held.managerId
  return same ? undefined : { name, avatar, title, mobile, email, jobNumber, hiredAt, managerId }
}

export function pickFields({ name, avatar, title, mobile, email, jobNumber, hiredAt, managerId }: AccountFields): AccountFields {
  return { name, avatar, title, mobile, email, jobNumber, hiredAt, managerId }
}

function decide<T extends string | number>(owner: Owner, held: T | null, told: T | undefined): T | null {
  if (told === undefined || told === '' || owner === 'crm')
    return held
  return owner === 'fill' && held !== null && held !== '' ? held : told
}
