import type { CrmReminders, DuePlan } from '../reminders.ts'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { tables } from '../../db/index.ts'
import { plansDue } from './workbench/plans-due.ts'

const { contact, customer, followUp, followUpPlan: plan, lead, opportunity } = tables

const figures = z.object({
  rows: z.array(z.object({
    owner: z.string(),
    created: z.coerce.number(),
    followups: z.coerce.number(),
    won: z.coerce.number(),
    amount: z.coerce.number(),
    overdue: z.coerce.number(),
  })),
})

/** Reminders of the CRM here. */
export const reminders: CrmReminders = {
  async plansDue(tx, { from, to }) {
    const found = new Map<string, DuePlan>()
    for (let next = from; ;) {
      const plans = await plansDue(tx, { from: next, until: to })
      const before = found.size
      for (const plan of plans) found.set(plan.id, plan)
      // It answers so many at once; going on from the last one's time meets some again.
      const last = plans.at(-1)
      if (!last || found.size === before || last.dueAt <= next)
        return [...found.values()]
      next = last.dueAt
    }
  },

  async weekFigures(tx, { from, to }) {
    const start = sql`${from.toISOString()}::timestamptz`
    const end = sql`${to.toISOString()}::timestamptz`
    const made = [lead, customer, contact, opportunity].map(table =>
      sql`select owner_id as owner, 1 as created, 0 as followups, 0 as won, 0::numeric as amount, 0 as overdue from ${table} where deleted_at is null and created_at >= ${start} and created_at < ${end}`)
    const { rows } = figures.parse(await tx.execute(sql`
      select owner, sum(created) as created, sum(followups) as followups, sum(won) as won, sum(amount) as amount, sum(overdue) as overdue
      from (
        ${sql.join(made, sql` union all `)}
        union all select owner_id, 0, 1, 0, 0, 0 from ${followUp} where deleted_at is null and at >= ${start} and at < ${end}
        union all select owner_id, 0, 0, 1, amount, 0 from ${opportunity} where deleted_at is null and stage = 'won' and closed_at >= ${start} and closed_at < ${end}
        union all select owner_id, 0, 0, 0, 0, 1 from ${plan} where deleted_at is null and status = 'open' and due_at < ${end}
      ) as done
      group by owner`))
    return rows.map(({ owner, followups, ...rest }) => ({ ownerId: owner, followUps: followups, ...rest }))
  },
}
