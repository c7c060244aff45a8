import type { SearchAccounts } from '../../../components/record-form/types.ts'
import { request } from '../../../api/index.ts'

/** Active accounts somebody's records can go to, all but those given. */
export function searchColleagues(...except: readonly string[]): SearchAccounts {
  return async (keyword, signal) => {
    const { items } = await request('GET /api/directory/accounts', { query: { status: 'active', limit: 50, ...(keyword && { q: keyword }) }, signal })
    return items.filter(({ id }) => !except.includes(id))
  }
}
