import type { SandboxDepartment, SandboxMember } from '../../types.ts'
import type { Operation } from '../control/operations.ts'
import type { World } from '../world/world.ts'
import type { EventDraft } from './event.ts'
import { unifiedAppId } from './payload.ts'

/** Org-side data of a person; a new avatar is a personal matter and makes no event. */
const PROFILE = [
  'name',
  'title',
  'mobile',
  'stateCode',
  'email',
  'orgEmail',
  'jobNumber',
  'workPlace',
  'remark',
  'telephone',
  'hiredDate',
  'managerUserid',
] as const
/** What `diffInfo` shows of it; an empty field is absent. */
const DIFF = ['name', 'managerUserid', 'hiredDate', 'telephone', 'email', 'jobNumber', 'workPlace'] as const

function diffSide(member: SandboxMember): Record<string, string> {
  return Object.fromEntries(DIFF.flatMap(key => (member[key] === undefined ? [] : [[key, String(member[key])]])))
}

function isAdmin({ sysLevel }: SandboxMember): boolean {
  return sysLevel === 1 || sysLevel === 2
}

function aboutMember(type: string, userid: string, now: number): EventDraft {
  return { type, fields: { timeStamp: String(now), userId: [userid] } }
}

function aboutDepartment(type: string, deptId: number): EventDraft {
  return { type, fields: { deptId: [deptId] } }
}

function sameSet(a: number[], b: number[]): boolean {
  return a.length === b.length && a.every(id => b.includes(id))
}

/** What became of one person, from nobody (joined) to nobody (left); external contacts are nobody. */
function memberEvents(before: SandboxMember | undefined, after: SandboxMember | undefined, now: number, onMove: boolean): EventDraft[] {
  const userid = (after ?? before)?.userid ?? ''
  if (after === undefined)
    return before === undefined ? [] : [aboutMember('user_leave_org', userid, now)]
  const drafts: EventDraft[] = []
  if (before === undefined) {
    drafts.push(aboutMember('user_add_org', userid, now))
  }
  else {
    const moved = !sameSet(before.deptIds, after.deptIds) || !sameSet(before.leaderIn, after.leaderIn)
    if (PROFILE.some(key => before[key] !== after[key]) || (moved && onMove)) {
      const draft = aboutMember('user_modify_org', userid, now)
      drafts.push({ ...draft, fields: { ...draft.fields, diffInfo: { userid, prev: diffSide(before), curr: diffSide(after) } } })
    }
  }
  if (after.active && before?.active !== true)
    drafts.push({ type: 'user_active_org', fields: { userId: [userid] } })
  const wasAdmin = before !== undefined && isAdmin(before)
  if (isAdmin(after) !== wasAdmin)
    drafts.push(aboutMember(wasAdmin ? 'org_admin_remove' : 'org_admin_add', userid, now))
  return drafts
}

function visibleRangeEvent(world: World): EventDraft {
  const { visibleRange: range } = world.settings
  const members = [...world.directory.members.values()]
  const ids
    = range === 'all'
      ? { userids: [], deptIds: [1] }
      : range === 'admins'
        ? { userids: members.filter(isAdmin).map(member => member.userid), deptIds: [] }
        : range
  return {
    type: 'inner_app_scopes_change',
    fields: {
      userIds: ids.userids,
      deptIds: ids.deptIds,
      roleIds: [],
      operatorUnionId: members.find(member => member.sysLevel === 1)?.unionid ?? '',
      unifiedAppId: unifiedAppId(world.app),
    },
  }
}

/**
 * Looks at the world before an operation; the function it returns, called afterwards with the operation's
 * result, tells what DingTalk would announce (dingtalk-server-api §7.3). Ids only, never the new data.
 */
export function watchChange(world: World, operation: Operation): (result: unknown) => EventDraft[] {
  const person = (userid: string): SandboxMember | undefined => {
    const member = world.directory.members.get(userid)
    return member?.external === true ? undefined : member
  }
  switch (operation.op) {
    case 'addMember':
    case 'updateMember':
    case 'moveMember':
    case 'removeMember': {
      const userid = operation.op === 'addMember' ? operation.member.userid : operation.userid
      const before = person(userid)
      return () => memberEvents(before, person(userid), world.clock.now(), world.settings.events.onMove)
    }
    case 'addDepartment':
      return result => [aboutDepartment('org_dept_create', (result as SandboxDepartment).deptId)]
    case 'updateDepartment':
    case 'moveDepartment':
      return () => [aboutDepartment('org_dept_modify', operation.deptId)]
    case 'removeDepartment':
      return () => [aboutDepartment('org_dept_remove', operation.deptId)]
    case 'settings':
      return () => (operation.settings.visibleRange === undefined ? [] : [visibleRangeEvent(world)])
    case 'app':
      return () => (operation.app.corpName === undefined ? [] : [{ type: 'org_change', fields: {} }])
    case 'clock':
    case 'expire':
      return () => []
  }
}
