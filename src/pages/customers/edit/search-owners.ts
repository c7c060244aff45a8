import type { SearchAccounts } from '../../../components/record-form/types.ts'
import { request } from '../../../api/index.ts'

/** Who may be named as owner. */
export const searchOwners: SearchAccounts = async (keyword, signal) => {
  const { owners } = await request('GET /api/crm/legacy/owners', { query: keyword ? { q: keyword } : {}, signal })
  return owners
}
