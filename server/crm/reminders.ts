import type { Db } from '../db/index.ts'

/** An open plan, as a reminder needs it. */
export interface DuePlan {
  id: string
  ownerId: string
  /** With whom what it is about is shared. */
  collaborators: string[]
  content: string
  dueAt: Date
  /** Name of the record it is about; empty when there is none. */
  about: string
}

/** What somebody did in a week. */
export interface WeekFigures {
  ownerId: string
  created: number
  followUps: number
  won: number
  amount: number
  /** Open plans that were due before the week's end. */
  overdue: number
}

/** What reminders and digests read of a CRM; each is a fixed number of statements however many people there are. */
export interface CrmReminders {
  /** Open plans due in `[from, to)`, by when they are due. */
  plansDue: (tx: Db, span: { from: Date, to: Date }) => Promise<DuePlan[]>
  /** Figures of everybody who did something in `[from, to)`. */
  weekFigures: (tx: Db, span: { from: Date, to: Date }) => Promise<WeekFigures[]>
}
