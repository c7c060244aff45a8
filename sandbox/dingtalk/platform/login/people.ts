import type { SandboxMember } from '../../types.ts'
import type { World } from '../world/world.ts'

/** Anybody with a DingTalk account the sandbox knows: employees, the external contact, people who left. */
export function accountHolder(world: World, userid: string): SandboxMember | undefined {
  return world.directory.members.get(userid) ?? world.departures.findLast(departure => departure.member.userid === userid)?.member
}

/** The same by unionid. */
export function accountHolderByUnionid(world: World, unionid: string): SandboxMember | undefined {
  return world.directory.byUnionid.get(unionid) ?? world.departures.findLast(departure => departure.member.unionid === unionid)?.member
}
