import type { HandoverChoice, SyncRun } from '#contract/sync/index.ts'
import { shallowRef } from 'vue'
import { isApiError, request } from '../../../api/index.ts'
import { useRunFollower } from './use-run-follower.ts'

export type RunAction = 'apply' | 'undo' | 'cancel' | 'preview'

/**
 * One run, followed while it goes on, and what can be done with it.
 * Actions answer the run they lead to (the same one, an undo, a new preview), or null when they failed.
 */
export function useRun(id: string) {
  const run = shallowRef<SyncRun | null>(null)
  const loadError = shallowRef<unknown>(null)
  const actionError = shallowRef<unknown>(null)
  const acting = shallowRef<RunAction | null>(null)

  const {
    lost,
    start: followRun,
    take,
  } = useRunFollower((known) => {
    if (known.id === id)
      run.value = known
  })

  async function load() {
    loadError.value = null
    try {
      run.value = await request('GET /api/sync/runs/:id', { params: { id } })
      if (run.value.status === 'running')
        followRun(id)
    }
    catch (error) {
      loadError.value = error
    }
  }

  async function act(action: RunAction, ask: () => Promise<SyncRun>): Promise<SyncRun | null> {
    if (acting.value)
      return null
    acting.value = action
    actionError.value = null
    try {
      const next = await ask()
      take(next)
      if (next.id === id && next.status === 'running')
        followRun(id)
      return next
    }
    catch (error) {
      actionError.value = error
      // The plan has become outdated, or somebody else was faster: show what is true now.
      if (isApiError(error) && error.status === 409)
        await load()
      return null
    }
    finally {
      acting.value = null
    }
  }

  const params = { id }
  const body = (changeIds?: string[]) => (changeIds ? { changeIds } : {})

  void load()
  return {
    run,
    loadError,
    actionError,
    acting,
    lost,
    load,
    apply: (changeIds?: string[], handover?: HandoverChoice) =>
      act('apply', () => request('POST /api/sync/runs/:id/apply', { params, body: { ...body(changeIds), ...(handover && { handover }) }, timeout: 60_000 })),
    undo: (changeIds?: string[]) => act('undo', () => request('POST /api/sync/runs/:id/undo', { params, body: body(changeIds), timeout: 60_000 })),
    cancel: () => act('cancel', () => request('POST /api/sync/runs/:id/cancel', { params })),
    preview: () => act('preview', () => request('POST /api/sync/runs', { body: { mode: 'preview' } })),
  }
}
