import type { NotificationState } from '#contract/delivery/index.ts'
import type { ChipTone } from '../../../components/chip/StatusChip.vue'
import { t } from '../../../locales/index.ts'

/** In the order in which they ask for attention. */
export const stateTones: readonly (readonly [NotificationState, ChipTone])[] = [
  ['failed', 'danger'],
  ['dropped', 'danger'],
  ['invalid', 'danger'],
  ['possibly', 'warning'],
  ['expired', 'warning'],
  ['unbound', 'warning'],
  ['queued', 'info'],
  ['sending', 'info'],
  ['read', 'success'],
  ['unread', 'success'],
  ['delivered', 'success'],
  ['sent', 'neutral'],
  ['not_checked', 'neutral'],
  ['merged', 'neutral'],
  ['recalled', 'neutral'],
]

export function toneOf(state: NotificationState): ChipTone {
  return stateTones.find(([known]) => known === state)?.[1] ?? 'neutral'
}

/** All, and each state, for choosing one; with `counts`, only states somebody is in, with their numbers. */
export function stateOptions(counts?: Partial<Record<NotificationState, number>>, chosen?: NotificationState | null): { value: NotificationState | null, label: string, n?: number | undefined }[] {
  const states = stateTones.map(([state]) => state).filter(state => !counts || counts[state] || state === chosen)
  return [
    { value: null, label: t('admin.delivery.log.all') },
    ...states.map(value => ({ value, label: t(`admin.delivery.states.${value}`), ...(counts && { n: counts[value] ?? 0 }) })),
  ]
}
