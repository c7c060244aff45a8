/** What DingTalk said, reduced to what a plan needs. Texts are never empty: an absent value is undefined. */

export interface SnapshotDepartment {
  /** DingTalk's dept_id; the company's root is 1. */
  deptId: number
  /** Empty when DingTalk did not tell. */
  name: string
  /** undefined for the company's root only. It may name a department the app cannot read. */
  parentId: number | undefined
  order: number | undefined
  /** DingTalk did not tell who leads it: what we know of that stays. */
  leadersUnknown?: boolean
}

export interface SnapshotMember {
  userid: string
  unionid: string | undefined
  /** Empty when DingTalk did not tell. */
  name: string
  avatar: string | undefined
  title: string | undefined
  mobile: string | undefined
  /** The personal address, else the company's. */
  email: string | undefined
  /** The company's address, where `email` is another one: whoever is known by either is the same person. */
  orgEmail?: string | undefined
  jobNumber: string | undefined
  /** Milliseconds since 1970. */
  hiredAt: number | undefined
  /** Has activated DingTalk. */
  activated: boolean | undefined
  /** Departments, also ones the app cannot read; in no meaningful order (dingtalk-server-api §4.3). */
  deptIds: number[]
  leaderIn: number[]
  /** DingTalk did not tell what they lead: what we know of that stays. */
  leadsUnknown?: boolean
  /** Direct manager; only user/get tells it (dingtalk-server-api §4.5). undefined also where nobody asked. */
  managerUserid?: string | undefined
}

/** A complete reading of everything the app may read. An incomplete one never becomes a Snapshot. */
export interface Snapshot {
  wholeCompany: boolean
  departments: SnapshotDepartment[]
  members: SnapshotMember[]
  /**
   * Only these departments and people were read, because an event named them. Whatever is not in here, and not
   * in the findings, is as we hold it.
   */
  partial?: boolean
}

export const rootDeptId = 1

const indexes = new WeakMap<Snapshot, ReadonlyMap<string, SnapshotMember>>()

/** A snapshot's members by userid; of a userid listed twice, the last entry. Made once: a snapshot never changes. */
export function byUserid(snapshot: Snapshot): ReadonlyMap<string, SnapshotMember> {
  let index = indexes.get(snapshot)
  if (!index)
    indexes.set(snapshot, (index = new Map(snapshot.members.map(member => [member.userid, member]))))
  return index
}
