import type { SyncSettingsView } from '#contract/sync/index.ts'
import { computed, watch } from 'vue'
import { request } from '../../../api/index.ts'
import { useSession } from '../../../stores/session/index.ts'
import { useLoaded } from '../use-loaded.ts'
import { organizationChanges } from './finished.ts'

/** What stands beside the runs: how the sync is set, and how many conflicts wait. Looks again after a run. */
export function useGlance() {
  const session = useSession()
  const settings = useLoaded<SyncSettingsView>(() => request('GET /api/sync/settings'))
  /** null while unknown, and for break-glass sessions, which may not see people. */
  const openConflicts = useLoaded<number | null>(async () =>
    session.operatorUntil ? null : (await request('GET /api/sync/conflicts', { query: { status: 'open', limit: 1 } })).total)

  const load = () => Promise.all([settings.load(), openConflicts.load()])
  watch(organizationChanges, load)
  void load()
  return { settings: settings.value, openConflicts: openConflicts.value, error: computed(() => settings.error.value ?? openConflicts.error.value), load }
}
