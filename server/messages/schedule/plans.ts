import type { MessageRules } from '#contract/messages/rules.ts'
import type { IsWorking } from '../../calendar/index.ts'
import type { CrmReminders, DuePlan } from '../../crm/index.ts'
import type { Db } from '../../db/index.ts'
import type { Notice } from '../publish/notice.ts'
import type { Span } from './moments.ts'
import { plusDays } from '../../calendar/index.ts'
import { momentOn } from '../publish/quiet.ts'
import { daysWith, dueDaysOf, overdueDaysOf } from './moments.ts'

/** Reminders whose moment lies in the stretch; reads plans only when there is such a moment. */
export async function planNotices(tx: Db, crm: CrmReminders, { planDue, planOverdue }: MessageRules, isWorking: IsWorking, span: Span): Promise<Notice[]> {
  const notices: Notice[] = []
  const about = async (kind: 'plan.due' | 'plan.overdue', how: string, from: Date, to: Date, at: Date) => {
    // Caught up after a pause: what is past by now is not due soon, and is left to the notice that it is overdue.
    const start = kind === 'plan.due' && from < span.through ? span.through : from
    if (start < to)
      (await crm.plansDue(tx, { from: start, to })).forEach(plan => notices.push(planNotice(kind, how, plan, at)))
  }
  const onDays = async (kind: 'plan.due' | 'plan.overdue', how: string, days: string[], at: Date) => {
    if (days.length > 0)
      await about(kind, how, momentOn(days[0]!, '00:00'), momentOn(plusDays(days.at(-1)!, 1), '00:00'), at)
  }

  const { day: ahead, minutesBefore } = planDue
  for (const day of ahead ? daysWith(ahead.at, span) : [])
    await onDays('plan.due', 'day', dueDaysOf(day, ahead!.workingDaysBefore, isWorking), momentOn(day, ahead!.at))
  if (minutesBefore !== null) {
    const shift = (at: Date) => new Date(at.getTime() + minutesBefore * 60_000 + 1)
    await about('plan.due', 'minutes', shift(span.after), shift(span.through), span.through)
  }
  for (const day of daysWith(planOverdue.at, span)) await onDays('plan.overdue', 'day', overdueDaysOf(day, isWorking), momentOn(day, planOverdue.at))
  return notices
}

/** The due time is in the key: a plan that was put off is spoken of anew. */
function planNotice(kind: 'plan.due' | 'plan.overdue', how: string, { id, ownerId, collaborators, content, dueAt, about }: DuePlan, at: Date): Notice {
  return {
    kind,
    key: `${kind}:${id}:${how}:${dueAt.toISOString()}`,
    at,
    actor: null,
    opens: { kind: 'record', record: 'plans', id },
    record: { kind: 'plans', name: content },
    parties: { owner: ownerId, collaborators },
    values: { content, due: dueAt.toISOString(), about },
    actorToo: true,
  }
}
