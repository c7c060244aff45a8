import type { LocationQuery, LocationQueryRaw, RouteLocationNormalized, RouteLocationRaw } from 'vue-router'
import type { useSession } from '../stores/session/index.ts'
import { wantedAccess } from './access.ts'

type SessionStore = ReturnType<typeof useSession>

/** Lets people through who are in and may; sends everybody else to the page that gets them there. */
export async function guard(to: RouteLocationNormalized, session: SessionStore): Promise<RouteLocationRaw | true> {
  if (wantedAccess(to) === 'public')
    return true
  if ((await session.restore()) !== 'in') {
    return { name: 'entry', query: { ...containerQuery(to.query), returnTo: to.fullPath }, replace: true }
  }
  const refused = refuse(to, session)
  if (refused) {
    return { ...refused, query: containerQuery(to.query), replace: true }
  }
  return true
}

/** Where somebody who is in, but not for this page, goes instead. */
function refuse(to: RouteLocationNormalized, session: SessionStore): { name: string, params?: { path: string[] } } | undefined {
  const admin = wantedAccess(to) === 'admin'
  if (session.operatorUntil && !admin)
    return { name: 'admin' }
  const { ability } = to.meta
  if ((admin && !session.isAdmin) || (ability && !session.account?.abilities.includes(ability))) {
    return { name: 'not-found', params: { path: to.path.split('/').filter(Boolean) } }
  }
}

/** The client reads `dd_*` parameters (full screen, orientation) from every routed URL (dingtalk-jsapi §7). */
export function containerQuery(query: LocationQuery): LocationQueryRaw {
  return Object.fromEntries(Object.entries(query).filter(([name]) => name.startsWith('dd_')))
}
