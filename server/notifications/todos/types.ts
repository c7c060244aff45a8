/** A follow-up plan as far as its to-do goes. */
export interface PlanState {
  id: string
  ownerId: string
  subject: string
  dueAt: Date
  /** `gone`: deleted or cancelled. */
  state: 'open' | 'done' | 'gone'
  /** When it was last written. */
  changedAt: Date
}

/** Where plans come from; the CRM behind the port provides it, or there are no to-dos. */
export interface PlanSource {
  /** Plans written after this moment, or after this plan of this moment, oldest first, at most `limit`. */
  changedSince: (since: Date, limit: number, afterId?: string) => Promise<PlanState[]>
  /** These plans as they are now; one that no longer exists is left out. */
  states: (ids: string[]) => Promise<PlanState[]>
  /** Somebody has done it in DingTalk. */
  complete: (planId: string, accountId: string) => Promise<void>
  /** How many plans were made since; what to-dos would cost is reckoned from it. */
  countSince: (since: Date) => Promise<number>
  /** Where a plan opens. undefined while people cannot reach this server. */
  urlOf: (planId: string) => Promise<{ appUrl: string, pcUrl: string } | undefined>
}
