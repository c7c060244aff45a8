import type { ChangeKind, SyncRun } from '#contract/sync/index.ts'
import { ask } from '../../../../components/dialog/index.ts'
import { t } from '../../../../locales/index.ts'
import { changeSentences, hasChanges } from '../sentences.ts'

type Numbers = readonly (readonly [ChangeKind, number])[]

/** Asks before a plan is written, repeating its numbers; without a selection all of it is meant. `handover`: what becomes of leavers' records. */
export function askToApply(run: SyncRun, selected: Numbers | null, handover: readonly string[] = []): Promise<boolean> {
  if (!selected && !hasChanges(run) && run.stop) {
    const count = run.stop.kind === 'count' ? run.stop : run.stop.count
    return ask({ title: t('admin.sync.run.acceptCountTitle'), text: t('admin.sync.run.acceptCountText', { n: count ? Math.abs(count.announced - count.seen) : 0 }), yes: t('admin.sync.run.acceptCountYes') })
  }
  return ask({
    title: t('admin.sync.run.approveTitle'),
    text: [...linesOf(run, selected), ...handover, ...(selected ? [t('admin.sync.run.approveNeeds')] : []), t('admin.sync.run.approveNote')].join('\n'),
    yes: t('admin.sync.run.approveYes'),
  })
}

/** Asks before changes are taken back. */
export function askToUndo(run: SyncRun, selected: Numbers | null): Promise<boolean> {
  return ask({
    title: t('admin.sync.run.undoTitle'),
    // After a part of it nobody counted what is left.
    text: [...(selected ? linesOf(run, selected) : run.undoneBy ? [t('admin.sync.run.undoLeft')] : [t('admin.sync.run.undoAll'), ...linesOf(run, null)]), t('admin.sync.run.undoNote')].join('\n'),
    yes: t('admin.sync.run.undoYes'),
  })
}

export function askToDiscard(): Promise<boolean> {
  return ask({ title: t('admin.sync.run.discardTitle'), text: t('admin.sync.run.discardText'), yes: t('admin.sync.run.discardYes') })
}

function linesOf(run: SyncRun, selected: Numbers | null): string[] {
  return selected ? selected.map(([kind, n]) => `${t(`admin.sync.kinds.${kind}`)} ${n}`) : changeSentences(run)
}
