import type { NotificationState } from '#contract/delivery/index.ts'
import type { ChipTone } from '../../../components/chip/StatusChip.vue'

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
