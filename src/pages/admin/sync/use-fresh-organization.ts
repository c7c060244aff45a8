import { request } from '../../../api/index.ts'
import { organizationChanged } from './finished.ts'
import { lookNowAndThen } from './look-now-and-then.ts'

/** Runs that schedule, events or other people start change the organisation, too: looks now and then whether one has ended well. */
export function useFreshOrganization() {
  let known: readonly string[] | undefined

  async function look() {
    const { runs } = await request('GET /api/sync/runs', { query: { limit: 5 } })
    const ended = runs.filter(({ status }) => status === 'succeeded').map(({ id }) => id)
    if (known)
      ended.filter(id => !known?.includes(id)).forEach(organizationChanged)
    known = ended
  }

  lookNowAndThen(look)
  look().catch(() => {})
}
