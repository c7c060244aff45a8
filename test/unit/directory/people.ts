import type { SnapshotMember } from '../../../server/directory/sync/snapshot.ts'
import type { HeldAccount, UnboundAccount } from '../../../server/directory/sync/state.ts'

/** Somebody as DingTalk tells of them. */
export function member(userid: string, rest: Partial<SnapshotMember> = {}): SnapshotMember {
  return {
    userid,
    unionid: `union-${userid}`,
    name: userid,
    avatar: undefined,
    title: undefined,
    mobile: undefined,
    email: undefined,
    jobNumber: undefined,
    hiredAt: undefined,
    activated: true,
    deptIds: [],
    leaderIn: [],
    ...rest,
  }
}

/** An account that is bound to nobody. */
export function free(id: string, rest: Partial<UnboundAccount> = {}): UnboundAccount {
  return {
    id,
    name: id,
    avatar: null,
    title: null,
    mobile: null,
    email: null,
    jobNumber: null,
    hiredAt: null,
    managerId: null,
    role: 'member',
    status: 'active',
    disabledBy: null,
    disabledAt: null,
    mainDepartmentId: null,
    mainDepartmentChosen: false,
    lastLoginAt: null,
    ...rest,
  }
}

/** The account of somebody who is there. */
export function bound(userid: string, rest: Partial<HeldAccount> = {}): HeldAccount {
  return {
    ...free(`account-${userid}`),
    name: userid,
    userid,
    unionid: `union-${userid}`,
    state: 'present',
    activated: true,
    missingSince: null,
    missingRuns: 0,
    ...rest,
  }
}
