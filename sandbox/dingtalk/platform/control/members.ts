import type { SandboxMember } from '../../types.ts'
import type { Departure, World } from '../world/world.ts'
import type { MemberPatch } from './operations.ts'
import { unionidOf } from '../../company/members.ts'
import { ControlError } from './respond.ts'

function existing(world: World, userid: string): SandboxMember {
  const member = world.directory.members.get(userid)
  if (member === undefined)
    throw new ControlError(`no such member: ${userid}`)
  return member
}

/** Applies changes; a field set to null disappears. */
function patched(member: SandboxMember, changes: MemberPatch): SandboxMember {
  const kept = Object.entries({ ...member, ...changes }).filter(([, value]) => value !== null && value !== undefined)
  const next = Object.fromEntries(kept) as unknown as SandboxMember
  return { ...next, leaderIn: next.leaderIn.filter(id => next.deptIds.includes(id)) }
}

function checkDepartments(world: World, deptIds: number[]): void {
  const unknown = deptIds.filter(id => !world.directory.departments.has(id))
  if (unknown.length > 0)
    throw new ControlError(`no such department: ${unknown.join(', ')}`)
}

/** Departments name their leaders too; both sides stay in step. */
function syncManagers(world: World, userid: string, before: number[], after: number[]): void {
  for (const deptId of new Set([...before, ...after])) {
    const department = world.directory.departments.get(deptId)
    if (department !== undefined) {
      const others = department.managerUserids.filter(id => id !== userid)
      department.managerUserids = after.includes(deptId) ? [...others, userid] : others
    }
  }
}

function put(world: World, member: SandboxMember, before: number[]): void {
  checkDepartments(world, member.deptIds)
  world.directory.putMember(member)
  syncManagers(world, member.userid, before, member.leaderIn)
}

/** Somebody joins; without departments they hang on the root. */
export function addMember(world: World, input: MemberPatch & { userid: string, name: string, unionid?: string | undefined }): SandboxMember {
  if (world.directory.members.has(input.userid))
    throw new ControlError(`member exists: ${input.userid}`)
  const { unionid = unionidOf(world.app.corpId, input.userid), ...rest } = input
  const member = patched(
    { userid: input.userid, unionid, name: input.name, deptIds: input.external === true ? [] : [1], leaderIn: [], active: true, sysLevel: 0 },
    rest,
  )
  put(world, member, [])
  return member
}

/** Changes a member; throws ControlError for unknown people and departments. */
export function updateMember(world: World, userid: string, changes: MemberPatch): SandboxMember {
  const before = existing(world, userid)
  const member = patched(before, changes)
  put(world, member, before.leaderIn)
  return member
}

/** Somebody leaves and appears in the leave records. */
export function removeMember(world: World, userid: string, reason: Departure['reason']): void {
  const member = existing(world, userid)
  world.directory.removeMember(userid)
  syncManagers(world, userid, member.leaderIn, [])
  world.departures.push({ member: { ...member, active: false, deptIds: [], leaderIn: [], sysLevel: 0 }, leftAt: world.clock.now(), reason })
}
