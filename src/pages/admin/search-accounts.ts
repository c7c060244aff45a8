import type { SearchAccounts } from '../../components/record-form/types.ts'
import { request } from '../../api/index.ts'

/** Finds people by name for a page that chooses one: who works here, but for those given; with `leavers`, everybody. */
export function searchAccounts({ except = [], leavers = false }: { except?: readonly string[], leavers?: boolean } = {}): SearchAccounts {
  return async (q, signal) => {
    const { items } = await request('GET /api/directory/accounts', { query: { limit: 50, ...(!leavers && { status: 'active' }), ...(q && { q }) }, signal })
    return items.filter(({ id }) => !except.includes(id))
  }
}
