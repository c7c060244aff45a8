import type { DoctorCheck, Guide } from '#contract/connection.ts'
import { needsWork } from './tones.ts'

export const stepNumbers = [1, 2, 3, 4, 5, 6, 7] as const
export type StepNumber = (typeof stepNumbers)[number]

/** What is pasted in a step. */
export const copiesOf: Partial<Record<StepNumber, readonly string[]>> = {
  5: ['redirectUrl', 'shareCallback'],
  6: ['mobileHomepage', 'pcHomepage', 'mobileHomepageFixed', 'pcHomepageFixed'],
}

/**
 * Where a step stands: one that failed outweighs one to be confirmed, and both outweigh what is not tried. Nothing is
 * done by assumption: what waits for something else, is still being looked at, or was never reached (`whole`: everything was),
 * leaves the step open; what there is nothing to look at of does not count.
 */
export function stateOfStep(checks: readonly DoctorCheck[], running: boolean, whole: boolean): { word: 'ok' | 'failed' | 'manual' | 'untried' | 'running', tone: 'success' | 'danger' | 'warning' | 'neutral' } {
  if (checks.some(({ result }) => result === 'failed'))
    return { word: 'failed', tone: 'danger' }
  if (checks.some(needsWork))
    return { word: 'manual', tone: 'warning' }
  if (running)
    return { word: 'running', tone: 'neutral' }
  const counted = checks.filter(({ idle }) => !idle)
  return whole && counted.length > 0 && counted.every(({ result }) => result !== 'untried') ? { word: 'ok', tone: 'success' } : { word: 'untried', tone: 'neutral' }
}

/** The pasted texts of a step, in its order. */
export function copies(guide: Guide, step: StepNumber): Guide['copies'] {
  return (copiesOf[step] ?? []).flatMap(id => guide.copies.filter(copy => copy.id === id))
}
