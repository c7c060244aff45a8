import type { SandboxMember } from '../../types.ts'
import type { IdRange } from '../world/settings.ts'
import type { World } from '../world/world.ts'
import { ROOT_ID } from '../world/directory.ts'

interface Resolved {
  everyone: boolean
  deptIds: Set<number>
  userids: Set<string>
}

/** Resolving a range walks subtrees; the result holds while neither the range nor the organisation changes. */
const cache = new WeakMap<IdRange, { directory: object, version: number, resolved: Resolved }>()

function resolve(world: World, range: IdRange): Resolved {
  const known = cache.get(range)
  if (known !== undefined && known.directory === world.directory && known.version === world.directory.version)
    return known.resolved
  const everyone = range.deptIds.includes(ROOT_ID)
  const resolved = { everyone, deptIds: everyone ? new Set<number>() : world.directory.subtree(range.deptIds), userids: new Set(range.userids) }
  cache.set(range, { directory: world.directory, version: world.directory.version, resolved })
  return resolved
}

function includes(world: World, range: IdRange, member: SandboxMember): boolean {
  const { everyone, deptIds, userids } = resolve(world, range)
  return everyone || userids.has(member.userid) || member.deptIds.some(id => deptIds.has(id))
}

/** 授权范围: may the app read this department? */
export function departmentInScope(world: World, deptId: number): boolean {
  const { everyone, deptIds } = resolve(world, world.settings.scope)
  return everyone || deptIds.has(deptId)
}

/** 授权范围: may the app read this person? */
export function memberInScope(world: World, member: SandboxMember): boolean {
  return includes(world, world.settings.scope, member)
}

/** 可见范围: may this person open the app? Another setting than the one above (dingtalk-server-api §8.3). */
export function memberSeesApp(world: World, member: SandboxMember): boolean {
  const range = world.settings.visibleRange
  if (range === 'all')
    return true
  return range === 'admins' ? member.sysLevel > 0 : includes(world, range, member)
}
