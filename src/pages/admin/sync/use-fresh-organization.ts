import { onScopeDispose } from 'vue'
import { request } from '../../../api/index.ts'
import { organizationChanged } from './finished.ts'

/** Milliseconds between two looks while the page is seen. */
const lookEvery = 15_000

/** Runs that schedule, events or other people start change the organisation, too: looks now and then whether one has ended well. */
export function useFreshOrganization() {
  let known: readonly string[] | undefined

  async function look() {
    if (document.hidden)
      return
    try {
      const { runs } = await request('GET /api/sync/runs', { query: { limit: 5 } })
      const ended = runs.filter(({ status }) => status === 'succeeded').map(({ id }) => id)
      if (known)
        ended.filter(id => !known?.includes(id)).forEach(organizationChanged)
      known = ended
    }
    catch {
      // Nobody asked for this; the next look may work.
    }
  }

  const back = () => void look()
  const timer = setInterval(back, lookEvery)
  document.addEventListener('visibilitychange', back)
  onScopeDispose(() => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', back)
  })
  void look()
}
