import type { SyncRun } from '#contract/sync/index.ts'
import { computed, shallowRef } from 'vue'
import { isApiError, request } from '../../../api/index.ts'
import { lookNowAndThen } from './look-now-and-then.ts'
import { useRunFollower } from './use-run-follower.ts'

/** The latest runs, the one going on (followed live), and what can be done with them. */
export function useSync() {
  const runs = shallowRef<readonly SyncRun[] | null>(null)
  const loadError = shallowRef<unknown>(null)
  const actionError = shallowRef<unknown>(null)
  const starting = shallowRef<'preview' | 'apply' | null>(null)
  const cancelling = shallowRef(false)
  const running = computed(() => runs.value?.find(run => run.status === 'running') ?? null)

  const {
    lost,
    start: followRun,
    take,
  } = useRunFollower((run) => {
    const others = runs.value?.filter(known => known.id !== run.id) ?? []
    runs.value = [run, ...others].sort((a, b) => b.startedAt.localeCompare(a.startedAt))
    if (run.status !== 'running')
      cancelling.value = false
  })

  /** What waits for somebody is shown however long ago it was planned. */
  async function look() {
    const [latest, waiting] = await Promise.all([
      request('GET /api/sync/runs', { query: { limit: 20 } }),
      request('GET /api/sync/runs', { query: { limit: 20, status: 'waiting' } }),
    ])
    const seen = new Set(latest.runs.map(({ id }) => id))
    runs.value = [...latest.runs, ...waiting.runs.filter(({ id }) => !seen.has(id))]
    loadError.value = null
    if (running.value)
      followRun(running.value.id)
  }

  async function load() {
    loadError.value = null
    try {
      await look()
    }
    catch (error) {
      loadError.value = error
    }
  }

  async function start(mode: 'preview' | 'apply') {
    if (running.value || starting.value)
      return
    starting.value = mode
    actionError.value = null
    try {
      const run = await request('POST /api/sync/runs', { body: { mode } })
      take(run)
      if (run.status === 'running')
        followRun(run.id)
    }
    catch (error) {
      actionError.value = error
      // Somebody else's run is what is going on: show that one.
      if (isApiError(error) && error.code === 'sync_running')
        await load()
    }
    finally {
      starting.value = null
    }
  }

  async function cancel() {
    const run = running.value
    if (!run || cancelling.value)
      return
    cancelling.value = true
    try {
      take(await request('POST /api/sync/runs/:id/cancel', { params: { id: run.id } }))
    }
    catch (error) {
      cancelling.value = false
      if (isApiError(error) && error.code === 'sync_not_running')
        await load()
      else actionError.value = error
    }
  }

  void load()
  lookNowAndThen(look)
  return { runs, running, loadError, actionError, starting, cancelling, lost, load, start, cancel }
}
