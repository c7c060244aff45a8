import type { Db } from '../db/index.ts'
import { calendarRoutes as declared } from '#contract/people/calendar.ts'
import { implement } from '../http/route.ts'
import { enterDays, readYear } from './year.ts'

export function calendarRoutes({ db }: { db: Db }) {
  return implement(declared, {
    'GET /api/calendar/:year': ({ params }) => readYear(db, params.year),
    'PUT /api/calendar/:year': async ({ params, body }, { caller }) => {
      await enterDays(db, params.year, body.days, caller.account.name)
      return readYear(db, params.year)
    },
  })
}
