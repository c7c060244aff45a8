import type { MessageRules } from '#contract/messages/rules.ts'
import type { IsWorking } from '../../calendar/index.ts'
import type { CrmReminders, DuePlan, WeekFigures } from '../../crm/index.ts'
import type { Db } from '../../db/index.ts'
import type { Directory } from '../../directory/index.ts'
import type { Text } from '../../http/locale.ts'
import type { Notice } from '../publish/notice.ts'
import type { Span } from './moments.ts'
import { plusDays } from '../../calendar/index.ts'
import { dayOf, momentOn } from '../publish/quiet.ts'
import { amountWords } from '../texts/words.ts'
import { daysWith, isWeeklyDay } from './moments.ts'

/** Lines of a digest; the rest is behind the link. */
const lines = 6

/** Plans that are overdue for longer than this are nobody's plan for today. */
const overdueDays = 90

const clock = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

/** The morning plan, on working days, for everybody who has plans today or overdue; nobody else hears of it. */
export async function dailyNotices(tx: Db, crm: CrmReminders, { daily }: MessageRules, isWorking: IsWorking, span: Span): Promise<Notice[]> {
  // After a pause only today's is of use.
  const day = daysWith(daily.at, span).at(-1)
  if (!day || day !== dayOf(span.through) || !isWorking(day))
    return []
  const today = momentOn(day, '00:00')
  const plans = await crm.plansDue(tx, { from: momentOn(plusDays(day, -overdueDays), '00:00'), to: momentOn(plusDays(day, 1), '00:00') })
  return [...Map.groupBy(plans, ({ ownerId }) => ownerId)].map(([ownerId, own]) => {
    const dueToday = own.filter(({ dueAt }) => dueAt >= today)
    const overdue = own.filter(({ dueAt }) => dueAt < today)
    const list = [...dueToday.map(plan => `${clock.format(plan.dueAt)} ${called(plan)}`), ...overdue.map(called)]
    return {
      kind: 'digest.daily',
      key: `digest.daily:${day}`,
      at: momentOn(day, daily.at),
      actor: null,
      opens: { kind: 'page', page: 'plans' },
      parties: { owner: ownerId },
      values: { today: String(dueToday.length), overdue: String(overdue.length), list: listWords(list) },
    }
  })
}

function called({ content, about }: DuePlan): string {
  const line = content.split('\n', 1)[0]!
  return [line.length > 40 ? `${[...line].slice(0, 39).join('')}…` : line, about].filter(Boolean).join(' · ')
}

function listWords(list: string[]): Text {
  const shown = list.slice(0, lines)
  const more = list.length - shown.length
  return {
    'zh-CN': [...shown, ...(more > 0 ? [`另有 ${more} 项`] : [])].join('\n'),
    'en-US': [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join('\n'),
  }
}

/** The summary of the week before, for those who lead somebody. */
export async function weeklyNotices(tx: Db, crm: CrmReminders, directory: Pick<Directory, 'teams' | 'accountRefsIn'>, { weekly }: MessageRules, isWorking: IsWorking, span: Span): Promise<Notice[]> {
  const day = daysWith(weekly.at, span).filter(day => isWeeklyDay(day, weekly.weekday, isWorking)).at(-1)
  if (!day)
    return []
  const [from, to] = weekBefore(day)
  const figures = new Map((await crm.weekFigures(tx, { from: momentOn(from, '00:00'), to: momentOn(plusDays(to, 1), '00:00') })).map(entry => [entry.ownerId, entry]))
  const teams = await directory.teams(tx)
  const names = await directory.accountRefsIn(tx, [...figures.keys()])
  return [...teams].map(([leader, members]) => weeklyNotice(leader, members.flatMap(id => figures.get(id) ?? []), { day, from, to, at: momentOn(day, weekly.at) }, id => names.get(id)?.name ?? ''))
}

/** Monday to Sunday of the week before a day's. */
export function weekBefore(day: string): [from: string, to: string] {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay() || 7
  const sunday = plusDays(day, -weekday)
  return [plusDays(sunday, -6), sunday]
}

function weeklyNotice(leader: string, team: WeekFigures[], when: { day: string, from: string, to: string, at: Date }, nameOf: (id: string) => string): Notice {
  const sum = (figure: keyof Omit<WeekFigures, 'ownerId'>) => team.reduce((total, entry) => total + entry[figure], 0)
  const busiest = team.filter(({ followUps }) => followUps > 0).sort((a, b) => b.followUps - a.followUps)
  const zh = busiest.map(({ ownerId, followUps }) => `${nameOf(ownerId)} ${followUps} 次跟进`)
  const en = busiest.map(({ ownerId, followUps }) => `${nameOf(ownerId)} ${followUps} follow-ups`)
  return {
    kind: 'digest.weekly',
    key: `digest.weekly:${when.day}`,
    at: when.at,
    actor: null,
    opens: { kind: 'page', page: 'workbench' },
    parties: { owner: leader },
    values: {
      week: `${when.from.slice(5)} – ${when.to.slice(5)}`,
      created: String(sum('created')),
      followups: String(sum('followUps')),
      won: String(sum('won')),
      amount: amountWords(String(sum('amount'))),
      overdue: String(sum('overdue')),
      list: { 'zh-CN': listWords(zh)['zh-CN'], 'en-US': listWords(en)['en-US'] },
    },
  }
}
