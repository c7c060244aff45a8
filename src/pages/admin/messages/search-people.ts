import type { SearchAccounts } from '../../../components/record-form/types.ts'
import { request } from '../../../api/index.ts'

/** Active people by name, for choosing whom to tell. */
export const searchPeople: SearchAccounts = async (q, signal) => {
  const { items } = await request('GET /api/directory/accounts', { query: { limit: 30, ...(q && { q }) }, ...(signal && { signal }) })
  return items.filter(({ status }) => status === 'active').map(({ id, name, avatar }) => ({ id, name, avatar }))
}
