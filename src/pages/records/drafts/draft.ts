import type { Draft } from '../../../stores/outbox/index.ts'

type Said = Pick<Draft, 'key' | 'kind' | 'title' | 'values' | 'refs' | 'state'> & Partial<Draft>

/** A draft as it stands now; what a form does not say of it is as with most. */
export function draftOf(said: Said): Draft {
  return {
    said: null,
    about: null,
    fromPlanId: null,
    edit: null,
    ignoreDuplicates: false,
    next: null,
    problem: null,
    issues: [],
    changedAt: new Date().toISOString(),
    ...said,
  }
}

/** How much a draft's state asks for attention. */
export const draftTones = { writing: 'neutral', waiting: 'warning', refused: 'danger' } as const
