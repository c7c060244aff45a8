import type { PeopleParts } from './parts.ts'
import { redeemCode, sweepCodes } from './codes.ts'
import { requestAccess, requestOf } from './requests.ts'
import { peopleRoutes } from './routes.ts'

export type { AccessEvent } from './parts.ts'

/** Accounts and bindings as administrators and members themselves change them; syncs have their own way. */
export function createPeople(parts: PeopleParts) {
  return {
    routes: peopleRoutes(parts),
    /** What the door needs for members whom nothing lets in. */
    requestAccess: (member: { userid: string, unionid: string, name: string }, note: string) => requestAccess(parts, member, note),
    requestOf: (member: { userid: string, unionid: string }) => requestOf(parts.db, member),
    redeemCode: (code: string, member: { userid: string, unionid: string, name: string }) => redeemCode(parts.db, code, member),
    sweep: () => sweepCodes(parts.db),
  }
}

export type People = ReturnType<typeof createPeople>
