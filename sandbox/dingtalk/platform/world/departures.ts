import type { Departure } from './world.ts'
import { unionidOf } from '../../company/members.ts'
import { DEPARTED } from '../../company/notables.ts'

/** The people who had left before the story began. */
export function initialDepartures(corpId: string, now: number): Departure[] {
  return DEPARTED.map(({ daysAgo, reason, ...person }) => ({
    member: { ...person, unionid: unionidOf(corpId, person.userid), stateCode: '86', deptIds: [], leaderIn: [], active: false, sysLevel: 0 },
    leftAt: now - daysAgo * 86_400_000,
    reason,
  }))
}
