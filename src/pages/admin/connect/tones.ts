import type { DoctorCheck } from '#contract/connection.ts'
import type { ChipTone } from '../../../components/chip/StatusChip.vue'

/** The state of a check in a word and a colour; confirmed by hand is no green, only no longer open. */
export function stateOf({ result, manual, idle }: Pick<DoctorCheck, 'result' | 'manual' | 'idle'>): { tone: ChipTone, word: DoctorCheck['result'] | 'confirmed' | 'idle' } {
  if (idle)
    return { tone: 'neutral', word: 'idle' }
  if (result === 'manual' && manual?.confirmed)
    return { tone: 'info', word: 'confirmed' }
  const tones: Record<DoctorCheck['result'], ChipTone> = { ok: 'success', failed: 'danger', manual: 'warning', seen: 'success', untried: 'neutral' }
  return { tone: tones[result], word: result }
}

/** Open from the start: what somebody has to do something about. */
export function needsWork(check: DoctorCheck): boolean {
  return check.result === 'failed' || (check.result === 'manual' && !check.manual?.confirmed)
}
