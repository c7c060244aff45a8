import type { LocationQuery, LocationQueryRaw } from 'vue-router'
import type { RecordFilter, RecordView } from '#contract/crm/records.ts'

const views: readonly RecordView[] = ['all', 'mine', 'department', 'shared', 'deleted', 'reach']
const statuses = ['open', 'overdue', 'completed', 'cancelled'] as const
export type PlanStatus = (typeof statuses)[number]
export const planStatuses: readonly PlanStatus[] = statuses

/** What narrows and orders a list; kept in the URL, where links, reloads and "back" find it. */
export interface Filters {
  q: string
  view: RecordView
  /** "" is the CRM's own order. */
  sort: string
  status: PlanStatus | ''
  filters: RecordFilter[]
}

/** Reads the filters of a URL; what it does not know counts as not said. */
export function readFilters(query: LocationQuery): Filters {
  return {
    q: typeof query.q === 'string' ? [...query.q.trim()].slice(0, 100).join('') : '',
    view: views.find(view => view === query.view) ?? 'all',
    sort: typeof query.sort === 'string' && /^-?[\w-]{1,64}$/.test(query.sort) ? query.sort : '',
    status: statuses.find(status => status === query.status) ?? '',
    filters: typeof query.filters === 'string' ? parse(query.filters) : [],
  }
}

/** The URL's query for these filters; defaults are left out. */
export function writeFilters(filters: Filters): LocationQueryRaw {
  return {
    ...(filters.q && { q: filters.q }),
    ...(filters.view !== 'all' && { view: filters.view }),
    ...(filters.sort && { sort: filters.sort }),
    ...(filters.status && { status: filters.status }),
    ...(filters.filters.length > 0 && { filters: JSON.stringify(filters.filters) }),
  }
}

/** Something hides records that are there. */
export function narrows(filters: Filters): boolean {
  return filters.q !== '' || filters.status !== '' || filters.filters.length > 0
}

/** The server checks what is in them; here only that the page can show them. */
function parse(text: string): RecordFilter[] {
  try {
    const found: unknown = JSON.parse(text)
    return Array.isArray(found)
      ? found.filter((one): one is RecordFilter => typeof one === 'object' && one !== null && 'field' in one && typeof one.field === 'string' && 'op' in one && typeof one.op === 'string').slice(0, 10)
      : []
  }
  catch {
    return []
  }
}
