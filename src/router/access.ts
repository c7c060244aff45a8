import type { RouteLocationNormalized } from 'vue-router'
import type { PageAccess } from './meta.ts'

/** What a page asks for; pages that say nothing are for people with an account. */
export function wantedAccess(to: Pick<RouteLocationNormalized, 'meta'>): PageAccess {
  return to.meta.access ?? 'account'
}
