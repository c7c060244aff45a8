import type { SyncRun } from '#contract/sync/index.ts'
import { computed, onScopeDispose, shallowRef } from 'vue'
import { follow, isApiError, request } from '../../../api/index.ts'

/** Milliseconds between two questions while live progress is lost. */
const askEvery = 3000

/** The latest runs, the one going on (followed live), and what can be done with them. */
export function useSync() {
  const runs = shallowRef<readonly SyncRun[] | null>(null)
  const loadError = shallowRef<unknown>(null)
  const actionError = shallowRef<unknown>(null)
  const starting = shallowRef<SyncRun['mode'] | null>(null)
  const cancelling = shallowRef(false)
  /** Progress comes by asking instead of by events. */
  const lost = shallowRef(false)
  const running = computed(() => runs.value?.find(run => run.status === 'running') ?? null)

  let followed: string | undefined
  let unfollow: (() => void) | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  function take(run: SyncRun) {
    const others = runs.value?.filter(known => known.id !== run.id) ?? []
    runs.value = [run, ...others].sort((a, b) => b.startedAt.localeCompare(a.startedAt))
    if (run.status !== 'running' && run.id === followed)
      stop()
  }

  function stop() {
    unfollow?.()
    clearTimeout(timer)
    followed = unfollow = timer = undefined
    lost.value = cancelling.value = false
  }

  function watchRun(id: string) {
    if (followed === id)
      return
    stop()
    followed = id
    unfollow = follow('GET /api/sync/runs/:id/events', { params: { id } }, {
      onEvent: take,
      onLost: () => {
        lost.value = true
        askNow(id)
      },
    })
  }

  function askNow(id: string) {
    request('GET /api/sync/runs/:id', { params: { id } }).then(take, () => {}).finally(() => {
      if (followed === id)
        timer = setTimeout(askNow, askEvery, id)
    })
  }

  async function load() {
    loadError.value = null
    try {
      const answer = await request('GET /api/sync/runs')
      runs.value = answer.runs
      if (running.value)
        watchRun(running.value.id)
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
        watchRun(run.id)
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
      else
        actionError.value = error
    }
  }

  void load()
  onScopeDispose(stop)

  return { runs, running, loadError, actionError, starting, cancelling, lost, load, start, cancel }
}
