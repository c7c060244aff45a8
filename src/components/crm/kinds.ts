import type { LocationQueryRaw, RouteLocationRaw } from 'vue-router'
import type { MainKind, RecordKind, RecordRef } from '#contract/crm/kinds.ts'
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
  return mainKinds.some(main => main === kind)
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

/** Where one is made, on wish about a record. */
export function newRoute(kind: RecordKind, about?: Pick<RecordRef, 'kind' | 'id'> | null, query: LocationQueryRaw = {}): RouteLocationRaw {
  return { name: `${kind}-new`, query: { ...query, ...(about && { of: about.kind, ofId: about.id }) } }
}
