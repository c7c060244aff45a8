import type { LocationQueryRaw, RouteLocationRaw } from 'vue-router'
import type { MainKind, RecordKind, RecordRef } from '#contract/crm/kinds.ts'
import type { RecordRow } from '#contract/crm/records.ts'
import type { IconName } from '../icon/paths.ts'

export const mainKinds: readonly MainKind[] = ['leads', 'customers', 'contacts', 'opportunities']

export const kindIcons: Record<RecordKind, IconName> = {
  'leads': 'lead',
  'customers': 'customers',
  'contacts': 'person',
  'opportunities': 'opportunity',
  'follow-ups': 'follow',
  'plans': 'calendar',
}

export function isMainKind(kind: RecordKind): kind is MainKind {
  return (mainKinds as readonly RecordKind[]).includes(kind)
}

/** Where a kind's list is. */
export function listRoute(kind: RecordKind, query: LocationQueryRaw = {}): RouteLocationRaw {
  return { name: kind, query }
}

/** Where a record is. */
export function recordRoute({ kind, id }: Pick<RecordRef, 'kind' | 'id'>, query: LocationQueryRaw = {}): RouteLocationRaw {
  return { name: `${kind}-record`, params: { id }, query }
}

export function editRoute({ kind, id }: Pick<RecordRef, 'kind' | 'id'>, query: LocationQueryRaw = {}): RouteLocationRaw {
  return { name: `${kind}-edit`, params: { id }, query }
}

/** A record as far as a new one about it needs to know it. */
export type About = Pick<RecordRow, 'kind' | 'id' | 'name' | 'about'>

/**
 * Where one is made, on wish about a record. What is known of that record goes along in the history
 * entry: without a network nothing else could say what it is called.
 */
export function newRoute(kind: RecordKind, about?: (Pick<RecordRef, 'kind' | 'id'> & Partial<About>) | null, query: LocationQueryRaw = {}): RouteLocationRaw {
  const known = about?.name !== undefined && { state: { about: JSON.stringify({ kind: about.kind, id: about.id, name: about.name, about: about.about ?? [] }) } }
  return { name: `${kind}-new`, query: { ...query, ...(about && { of: about.kind, ofId: about.id }) }, ...known }
}

/** Where a draft is gone on with. */
export function draftRoute({ kind, key, edit }: { kind: RecordKind, key: string, edit: { id: string } | null }): RouteLocationRaw {
  return edit ? editRoute({ kind, id: edit.id }) : newRoute(kind, null, { draft: key })
}

/** What a plan is about, with whom it names besides; the last one is what it is called after. */
export function aboutOfPlan({ kind, id, name, about, refs }: About & Pick<RecordRow, 'refs'>): About {
  const named = (refs.contact ?? []).filter(({ readable }) => readable !== false).map(ref => ({ kind: 'contacts' as const, id: ref.id, name: ref.name, readable: true }))
  return { kind, id, name, about: [...named, ...about] }
}

/** The way from a plan to what was done: its form knows the plan, what that is about, and how it was to be done. */
export function fulfilRoute(plan: About & Pick<RecordRow, 'refs' | 'values'>): RouteLocationRaw {
  const { method } = plan.values
  const query = { plan: plan.id, ...(typeof method === 'string' && { method }) }
  return { ...(newRoute('follow-ups', null, query) as object), state: { about: JSON.stringify(aboutOfPlan(plan)) } } as RouteLocationRaw
}
