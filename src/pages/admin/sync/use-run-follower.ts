import type { SyncRun } from '#contract/sync/index.ts'
import { onScopeDispose, shallowRef } from 'vue'
import { follow, request } from '../../../api/index.ts'
import { organizationChanged } from './finished.ts'

/** Milliseconds between two questions while live progress is lost. */
const askEvery = 3000

/** Follows one run at a time, live or, when that breaks, by asking now and then; ends with the run. */
export function useRunFollower(onRun: (run: SyncRun) => void) {
  /** Progress comes by asking instead of by events. */
  const lost = shallowRef(false)
  let followed: string | undefined
  let unfollow: (() => void) | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  function stop() {
    unfollow?.()
    clearTimeout(timer)
    followed = unfollow = timer = undefined
    lost.value = false
  }

  /** A newer state of a run, from wherever it comes. */
  function take(run: SyncRun) {
    if (run.status !== 'running' && run.id === followed) {
      stop()
      if (run.status === 'succeeded')
        organizationChanged(run.id)
    }
    onRun(run)
  }

  function start(id: string) {
    if (followed === id)
      return
    stop()
    followed = id
    unfollow = follow(
      'GET /api/sync/runs/:id/events',
      { params: { id } },
      {
        onEvent: take,
        onLost: () => {
          lost.value = true
          askNow(id)
        },
      },
    )
  }

  function askNow(id: string) {
    request('GET /api/sync/runs/:id', { params: { id } })
      .then(take, () => {})
      .finally(() => {
        if (followed === id)
          timer = setTimeout(askNow, askEvery, id)
      })
  }

  onScopeDispose(stop)
  return { lost, start, take }
}
