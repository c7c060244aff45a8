import type { LocationQuery, LocationQueryRaw } from 'vue-router'
import type { ApiInput } from '#contract/index.ts'

type ListQuery = ApiInput<'GET /api/crm/legacy/customers'>

/** What narrows and orders the list; kept in the URL, where links, reloads and "back" find it. */
export interface CustomerFilters {
  q: string
  view: NonNullable<ListQuery['query']['view']>
  status: NonNullable<ListQuery['query']['status']> | ''
  sort: NonNullable<ListQuery['query']['sort']>
}

export const views = ['all', 'mine'] as const
export const statuses = ['potential', 'following', 'won', 'lost'] as const
export const sorts = ['recent', 'next', 'name'] as const

/** Reads the filters of a URL; what it does not know counts as not said. */
export function readFilters(query: LocationQuery): CustomerFilters {
  const one = <T extends string>(name: string, known: readonly T[]) => known.find(value => value === query[name])
  return {
    q: typeof query.q === 'string' ? [...query.q.trim()].slice(0, 100).join('') : '',
    view: one('view', views) ?? 'all',
    status: one('status', statuses) ?? '',
    sort: one('sort', sorts) ?? 'recent',
  }
}

/** The URL's query for these filters; defaults are left out. */
export function writeFilters(filters: CustomerFilters): LocationQueryRaw {
  return {
    ...(filters.q && { q: filters.q }),
    ...(filters.view !== 'all' && { view: filters.view }),
    ...(filters.status && { status: filters.status }),
    ...(filters.sort !== 'recent' && { sort: filters.sort }),
  }
}

/** Something hides customers that are there. */
export function narrows(filters: CustomerFilters): boolean {
  return filters.q !== '' || filters.status !== ''
}
