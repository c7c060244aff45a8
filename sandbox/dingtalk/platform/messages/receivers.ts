import type { World } from '../world/world.ts'
import { memberSeesApp } from '../contacts/range.ts'

export interface Addressees {
  userids: string[]
  deptIds: number[]
  everyone: boolean
}

export interface Receivers {
  userids: string[]
  invalidUserids: string[]
  invalidDeptIds: number[]
}

/** Departments expand to at most this many people; the rest silently get nothing (dingtalk-server-api §5.1). */
const MAX_RECEIVERS = 5000

/** Who gets the message: known employees who may open the app. People outside the visible range count as invalid (undocumented). */
export function resolveReceivers(world: World, addressees: Addressees): Receivers {
  const userids = new Set<string>()
  const invalidUserids: string[] = []
  for (const userid of new Set(addressees.userids)) {
    const member = world.directory.members.get(userid)
    if (member !== undefined && member.external !== true && memberSeesApp(world, member))
      userids.add(userid)
    else invalidUserids.push(userid)
  }
  const invalidDeptIds = addressees.deptIds.filter(deptId => !world.directory.departments.has(deptId))
  for (const deptId of world.directory.subtree(addressees.deptIds)) {
    for (const member of world.directory.staffOf(deptId)) {
      if (userids.size < MAX_RECEIVERS && memberSeesApp(world, member))
        userids.add(member.userid)
    }
  }
  if (addressees.everyone) {
    for (const member of world.directory.members.values()) {
      if (member.external !== true && memberSeesApp(world, member))
        userids.add(member.userid)
    }
  }
  return { userids: [...userids], invalidUserids, invalidDeptIds }
}
