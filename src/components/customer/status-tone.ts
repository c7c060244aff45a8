import type { Customer } from '#contract/crm/legacy.ts'
import type { ChipTone } from '../chip/StatusChip.vue'

/** The colour that repeats what a customer's status says. */
export const statusTone: Record<Customer['status'], ChipTone> = { potential: 'neutral', following: 'info', won: 'success', lost: 'danger' }
