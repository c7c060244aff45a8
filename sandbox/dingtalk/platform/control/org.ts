import type { World } from '../world/world.ts'

/** The whole truth about the company, settings included, whatever the app may read of it. */
export function readOrg(world: World): object {
  return {
    now: world.clock.now(),
    app: world.app,
    settings: world.settings,
    departments: [...world.directory.departments.values()],
    members: [...world.directory.members.values()],
    departed: world.departures.map(({ member, leftAt, reason }) => ({
      userid: member.userid,
      unionid: member.unionid,
      name: member.name,
      leftAt,
      reason,
    })),
    monthlyCallsUsed: world.limits.used(),
  }
}
