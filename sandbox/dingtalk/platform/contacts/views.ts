import type { SandboxDepartment, SandboxMember } from '../../types.ts'
import type { World } from '../world/world.ts'
import { rolesOf } from './roles.ts'

/** What listsub tells about a department. */
export function departmentSummary(department: SandboxDepartment): object {
  return { dept_id: department.deptId, name: department.name, parent_id: department.parentId, create_dept_group: true, auto_add_user: true }
}

/** What department/get tells; the root has no parent_id (dingtalk-server-api §4.3). */
export function departmentDetail(world: World, department: SandboxDepartment): object {
  const owner = department.managerUserids[0]
  return {
    ...departmentSummary(department),
    order: department.order,
    group_contain_sub_dept: true,
    ...(owner === undefined ? {} : { org_dept_owner: owner }),
    dept_group_chat_id: `chat${department.deptId.toString(16).padStart(12, '0')}`,
    dept_manager_userid_list: department.managerUserids,
    outer_dept: false,
    hide_dept: false,
    auto_approve_apply: false,
    from_union_org: false,
    member_count: world.directory.headcount(department.deptId),
    owning_member_count: world.directory.staffOf(department.deptId).length,
  }
}

/** Fields of both views; optional ones are absent when empty or not permitted, never "" or null (§4.5, §4.6). */
function commonFields(world: World, member: SandboxMember): Record<string, unknown> {
  const { permissions } = world.settings
  const view: Record<string, unknown> = {
    userid: member.userid,
    unionid: member.unionid,
    name: member.name,
    avatar: member.avatar,
    telephone: member.telephone,
    job_number: member.jobNumber,
    title: member.title,
    dept_id_list: member.deptIds,
    hired_date: member.hiredDate,
    active: member.active,
    admin: member.sysLevel === 1 || member.sysLevel === 2,
    boss: member.sysLevel === 100,
    hide_mobile: false,
    exclusive_account: false,
  }
  if (permissions.includes('fieldMobile')) {
    view.mobile = member.mobile
    view.state_code = member.stateCode
  }
  if (permissions.includes('fieldEmail')) {
    view.email = member.email
    view.org_email = member.orgEmail
    view.work_place = member.workPlace
    view.remark = member.remark
  }
  return view
}

/** Position of a member inside a department; larger comes first in DingTalk's own lists. */
function orderIn(member: SandboxMember, deptId: number): number {
  return member.leaderIn.includes(deptId) ? 176_000_000_000 : 1
}

/** The member as v2/user/list shows them in this department. */
export function memberInList(world: World, member: SandboxMember, deptId: number): object {
  return { ...commonFields(world, member), dept_order: orderIn(member, deptId), leader: member.leaderIn.includes(deptId) }
}

/** The member as v2/user/get shows them. */
export function memberDetail(world: World, member: SandboxMember): object {
  return {
    ...commonFields(world, member),
    dept_order_list: member.deptIds.map(deptId => ({ dept_id: deptId, order: orderIn(member, deptId) })),
    leader_in_dept: member.deptIds.map(deptId => ({ dept_id: deptId, leader: member.leaderIn.includes(deptId) })),
    senior: false,
    real_authed: member.active,
    manager_userid: member.managerUserid,
    role_list: rolesOf(member),
  }
}
