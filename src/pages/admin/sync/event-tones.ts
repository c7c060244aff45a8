import type { EventSettings } from '#contract/sync/index.ts'
import type { ChipTone } from '../../../components/chip/StatusChip.vue'

export const eventTones: Record<EventSettings['state']['connection'], ChipTone> = {
  off: 'neutral',
  waiting: 'info',
  connecting: 'info',
  connected: 'success',
  reconnecting: 'warning',
  failed: 'danger',
}
