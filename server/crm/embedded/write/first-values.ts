import type { KindDef } from '../kinds/index.ts'
import { firstStage, stageOf } from '../kinds/stages.ts'

/** What a new record starts with that its form does not set. */
export function firstValues({ kind }: KindDef, stored: Record<string, unknown>): Record<string, unknown> {
  if (kind === 'leads')
    return { stage: 'new' }
  if (kind === 'opportunities') {
    // The chance of winning is the stage's until somebody knows better.
    return { stage: firstStage, ...(stored.probability === null && { probability: stageOf(firstStage)!.probability }) }
  }
  return kind === 'plans' ? { status: 'open' } : {}
}
