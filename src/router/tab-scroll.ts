import type { RouteLocationNormalized } from 'vue-router'

/** Pages keep-alive keeps, by their address: coming back by the tab bar finds them where they were. */
const left = new Map<string, number>()
const kept: ReadonlySet<unknown> = new Set(['workbench', 'leads', 'customers', 'contacts', 'opportunities', 'follow-ups', 'plans'])

/** Notes where a kept page is scrolled to, just before it is left. */
export function noteScroll(from: RouteLocationNormalized): void {
  if (kept.has(from.name))
    left.set(from.fullPath, window.scrollY)
}

/** Pixels from the top, for a kept page entered from another tab; the tab itself leads to its top. */
export function scrollOf(to: RouteLocationNormalized, from: RouteLocationNormalized): number {
  return to.meta.tab !== from.meta.tab && kept.has(to.name) ? (left.get(to.fullPath) ?? 0) : 0
}
