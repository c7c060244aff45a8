import type { SyncConflict } from '#contract/sync/index.ts'
import { shallowRef } from 'vue'
import { isApiError, request } from '../../../../api/index.ts'
import { ask, tell } from '../../../../components/dialog/index.ts'
import { t } from '../../../../locales/index.ts'

type Candidate = SyncConflict['candidates'][number]
export type Decision = { action: 'bind', account: Candidate } | { action: 'create' | 'ignore' }

/** Decides about members, and takes decisions back, after asking; `onDone` hears of each decision, and of conflicts that somebody else was faster with. */
export function useResolve(onDone: () => void) {
  /** The conflict that is being stored. */
  const busy = shallowRef<string | null>(null)
  const failed = shallowRef<{ id: string, error: unknown } | null>(null)

  async function resolve(conflict: SyncConflict, decision: Decision) {
    if (busy.value || !(await askAbout(conflict, decision)))
      return
    await store(conflict, t('admin.sync.conflicts.done'), () => request('POST /api/sync/conflicts/:id/resolve', {
      params: { id: conflict.id },
      body: decision.action === 'bind' ? { action: 'bind', accountId: decision.account.id } : { action: decision.action },
    }))
  }

  async function reopen(conflict: SyncConflict) {
    const names = { member: conflict.member.name }
    if (busy.value || !(await ask({ title: t('admin.sync.conflicts.reopenAsk', names), text: t('admin.sync.conflicts.reopenText', names), yes: t('admin.sync.conflicts.reopen') })))
      return
    await store(conflict, t('admin.sync.conflicts.reopened'), () => request('POST /api/sync/conflicts/:id/reopen', { params: { id: conflict.id } }))
  }

  async function store({ id }: SyncConflict, done: string, send: () => Promise<unknown>) {
    busy.value = id
    failed.value = null
    try {
      await send()
      onDone()
      await tell(done)
    }
    catch (error) {
      failed.value = { id, error }
      if (isApiError(error) && error.code === 'conflict_resolved')
        onDone()
    }
    finally {
      busy.value = null
    }
  }

  return { busy, failed, resolve, reopen }
}

function askAbout({ member }: SyncConflict, decision: Decision): Promise<boolean> {
  const names = { member: member.name, account: decision.action === 'bind' ? decision.account.name : '' }
  const admin = decision.action === 'bind' && decision.account.role === 'admin'
  return ask({
    title: t(`admin.sync.conflicts.ask.${decision.action}`, names),
    text: [t(`admin.sync.conflicts.ask.${decision.action}Text`, names), ...(admin ? [t('admin.sync.conflicts.ask.bindAdmin')] : [])].join('\n'),
    yes: t(`admin.sync.conflicts.${decision.action}`),
  })
}
