import { t } from '../../locales/index.ts'

export interface Question {
  title: string
  text?: string
  /** What happens on yes, as a verb: 删除, 离开. */
  yes: string
  no?: string
  /** Yes loses something: it is coloured so. */
  danger?: boolean
}

/** Their code, which comes when the first one is needed or ahead of that. */
export const fetchDialogs = () => import('./vant.ts')

/** Asks before something that cannot be taken back. @returns whether the answer was yes */
export async function ask(question: Question): Promise<boolean> {
  const vant = await fetchDialogs().catch(() => null)
  if (!vant)
    // The network went before it was fetched: asked plainly is better than not at all.
    // eslint-disable-next-line no-alert
    return window.confirm([question.title, question.text].filter(Boolean).join('\n\n'))
  try {
    await vant.showConfirmDialog({
      title: question.title,
      ...(question.text && { message: question.text }),
      confirmButtonText: question.yes,
      ...(question.danger && { confirmButtonColor: 'var(--danger)' }),
      cancelButtonText: question.no ?? t('common.cancel'),
      messageAlign: 'left',
    })
    return true
  }
  catch {
    // Vant rejects with "cancel" or "close"
    return false
  }
}

/** Says briefly that something worked, or did not. */
export async function tell(message: string): Promise<void> {
  const vant = await fetchDialogs().catch(() => null)
  vant?.showToast({ message, position: 'top', wordBreak: 'break-word' })
}
