/** What must be named for an event of this type to be of use (dingtalk-server-api §7.3); `none` = nothing. */
export const contactEvents = {
  user_add_org: 'userids',
  user_modify_org: 'userids',
  user_leave_org: 'userids',
  user_active_org: 'userids',
  org_admin_add: 'userids',
  org_admin_remove: 'userids',
  org_dept_create: 'deptIds',
  org_dept_modify: 'deptIds',
  org_dept_remove: 'deptIds',
  org_change: 'none',
  org_remove: 'none',
  label_user_change: 'userids',
  label_conf_add: 'roleIds',
  label_conf_modify: 'roleIds',
  label_conf_del: 'roleIds',
  inner_app_scopes_change: 'none',
} as const satisfies Record<string, 'userids' | 'deptIds' | 'roleIds' | 'none'>

export type ContactEventType = keyof typeof contactEvents

/** Old and new values of one member (`diffInfo` of user_modify_org); a field that is absent is empty. */
export interface MemberDiff {
  userid: string
  prev: Record<string, string>
  curr: Record<string, string>
}

/** Whom and what the event is about, under one spelling for all channels. Lists hold every id once. */
export interface EventData {
  userids?: string[]
  unionids?: string[]
  deptIds?: number[]
  /** Roles, which DingTalk calls labels here. */
  roleIds?: number[]
  /** label_user_change: `add` is the only documented value. */
  action?: string
  diffs?: MemberDiff[]
  /** Who changed the app's visible range. */
  operatorUnionid?: string
}

/** One event, however it came. Events are unordered and may come twice: see `id`. */
export interface PlatformEvent {
  /**
   * The same for every delivery of the same event: DingTalk's eventId, or when it gives none `sha256:` and a hash of
   * type, time and ids. (An event with neither id nor time gets a new one each time: handling it twice does no harm.)
   */
  id: string
  /** Known ones are in `contactEvents`; others are passed on as they are. */
  type: string
  /** The company DingTalk names, otherwise ours. */
  corpId: string
  /** When it happened, in milliseconds; when DingTalk does not say, when it arrived. */
  at: number
  data: EventData
  /** The payload as received. */
  raw: Record<string, unknown>
}

export function isContactEvent(type: string): type is ContactEventType {
  return Object.hasOwn(contactEvents, type)
}

/** Authentic, but not understandable: what it announced must be found out by reading the contacts. */
export class UnreadableEventError extends Error {
  override readonly name = 'UnreadableEventError'
  /** Empty when not even the type could be read. */
  readonly type: string

  /** `problem` names fields, never values. */
  constructor(type: string, problem: string) {
    super(`unreadable event${type && ` ${type}`}: ${problem}`)
    this.type = type
  }
}
