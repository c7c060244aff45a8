import type { Check } from '../patient.ts'
import { text } from '../finding.ts'
import { places } from '../places.ts'

/** From November on, when the arrangement of the next year is usually announced (month of the year). */
const announcedIn = 11

/** Reminders, quiet hours and digests count working days: somebody has to enter a year that this version does not know. */
const calendar: Check = async ({ holidays }) => {
  const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' })
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))]
  const tried = text('查看日历里的放假安排', 'Looked at the holidays in the calendar')
  for (const wanted of month >= announcedIn ? [year, year + 1] : [year]) {
    const { published, entered } = await holidays(wanted)
    if (published)
      continue
    return {
      finding: {
        result: 'manual',
        tried,
        answered: text(`没有内置 ${wanted} 年的放假安排，已录入 ${entered} 天`, `This version does not know the holidays of ${wanted}; ${entered} days were entered`),
        means: text('没有录入的日子按周一至周五上班计算：提醒、摘要和免打扰在节假日和调休日会算错。', 'Days that were not entered count as Monday to Friday: reminders, digests and quiet hours are wrong on holidays and on weekends that are worked.'),
        fix: text('国务院办公厅公布放假安排（通常在 11 月）后，在“工作日历”里按日期范围录入，或升级到内置了这一年的版本。', 'Once the State Council has announced them (usually in November), enter them in the calendar as ranges, or upgrade to a version that knows the year.'),
        where: places.here,
        // Before anything was entered "not announced yet" is a month's answer, not a year's.
        about: [wanted, entered > 0 ? entered : today.slice(0, 7)],
        manual: text(`确认 ${wanted} 年的节假日和调休已经录入，或还没有公布。`, `Make sure that the holidays and worked weekends of ${wanted} are entered, or not announced yet.`),
      },
    }
  }
  return { finding: { result: 'ok', tried, means: text('日历里有需要的放假安排。', 'The calendar has the holidays that are needed.') } }
}

/** What everything that counts days relies on. */
export const calendarChecks = { calendar }
