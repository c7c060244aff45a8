import { dayMs } from './calendar.ts'

/** The day a moment lies in, as Shanghai's calendar counts: `YYYY-MM-DD`. */
export function dayIn(at: Date): string {
  return new Date(at.getTime() + dayMs / 3).toISOString().slice(0, 10)
}
