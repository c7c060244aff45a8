import type { SyncSettingsView } from '#contract/sync/index.ts'
import { shallowRef, watch } from 'vue'
import { request } from '../../../api/index.ts'
import { useSession } from '../../../stores/session/index.ts'
import { organizationChanges } from './finished.ts'

/** What stands beside the runs: how the sync is set, and how many conflicts wait. Looks again after a run. */
export function useGlance() {
  const session = useSession()
  const settings = shallowRef<SyncSettingsView | null>(null)
  /** null while unknown, and for break-glass sessions, which may not see people. */
  const openConflicts = shallowRef<number | null>(null)
  const error = shallowRef<unknown>(null)

  async function load() {
    error.value = null
    try {
      settings.value = await request('GET /api/sync/settings')
      if (!session.operatorUntil)
        openConflicts.value = (await request('GET /api/sync/conflicts', { query: { status: 'open', limit: 1 } })).total
    }
    catch (reason) {
      error.value = reason
    }
  }

  watch(organizationChanges, load)
  void load()
  return { settings, openConflicts, error, load }
}
