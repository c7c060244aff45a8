import { request } from '../../../api/index.ts'
import { organizationChanged } from './finished.ts'
import { lookNowAndThen } from './look-now-and-then.ts'

/** Runs that schedule, events or other people start change the organisation, too: looks now and then whether one has ended well. */
export function useFreshOrganization() {
  let known: string | null | undefined

  async function look() {
    const { lastChange } = await request('GET /api/sync/runs', { query: { limit: 1 } })
    if (known !== undefined && lastChange && lastChange !== known)
      organizationChanged(lastChange)
    known = lastChange
  }

  lookNowAndThen(look)
  look().catch(() => {})
}
