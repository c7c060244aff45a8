import type { ListedMember, MemberDetail } from '../../dingtalk/index.ts'
import type { SnapshotMember } from './snapshot.ts'

/** A member as a snapshot keeps it: only what we store, in texts that Postgres can store. */
export function toSnapshotMember(member: ListedMember | MemberDetail, leaderIn: number[] | undefined): SnapshotMember {
  const [email, orgEmail] = [clean(member.email), clean(member.orgEmail)]
  return {
    userid: member.userid,
    unionid: clean(member.unionid),
    name: clean(member.name) ?? '',
    avatar: clean(member.avatar),
    title: clean(member.title),
    mobile: phone(clean(member.mobile), clean(member.stateCode)),
    email: email ?? orgEmail,
    ...(email !== undefined && orgEmail !== undefined && { orgEmail }),
    jobNumber: clean(member.jobNumber),
    hiredAt: moment(member.hiredDate),
    activated: member.active,
    deptIds: [...new Set(member.deptIds)],
    leaderIn: leaderIn ?? [],
    ...(leaderIn === undefined && { leadsUnknown: true }),
    // Only user/get tells it.
    managerUserid: 'managerUserid' in member ? clean(member.managerUserid) : undefined,
  }
}

/**
 * Text without control characters (Postgres refuses NUL) and halves of surrogate pairs (jsonb refuses them);
 * undefined when nothing is left.
 */
export function clean(text: string | undefined): string | undefined {
  return (
    text
      ?.toWellFormed()
      .replace(/\p{Cc}+/gu, ' ')
      .trim() || undefined
  )
}

/** Numbers abroad carry their country code the way DingTalk writes them, `+xx-xxxx` (dingtalk-server-api §4.5). */
function phone(mobile: string | undefined, stateCode: string | undefined): string | undefined {
  return mobile === undefined || stateCode === undefined || stateCode === '86' || mobile.startsWith('+') ? mobile : `+${stateCode}-${mobile}`
}

/** Hire dates outside what a calendar and Postgres understand are typing errors; they count as not filled in. */
function moment(ms: number | undefined): number | undefined {
  return ms !== undefined && Math.abs(ms) < 8.64e13 ? Math.trunc(ms) : undefined
}
