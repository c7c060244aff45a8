import type { Locale } from '../../locales/index.ts'

/*
 * By hand, because the first Intl.DateTimeFormat of a page takes a slow phone some 90 ms, just
 * before the first screen. The tests hold every word against Intl's.
 */

const chineseDays = '日一二三四五六'
const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']

/** 18:05 */
export function timeOf(at: Date): string {
  return `${twoDigits(at.getHours())}:${twoDigits(at.getMinutes())}`
}

/** 周三, Wed */
export function weekday(at: Date, locale: Locale): string {
  const day = at.getDay()
  return locale === 'zh-CN' ? `周${chineseDays[day]}` : days[day]!.slice(0, 3)
}

/** 3月5日, Mar 5; with the year 2027年3月5日, Mar 5, 2027 */
export function date(at: Date, withYear: boolean, locale: Locale): string {
  const [year, month, day] = [at.getFullYear(), at.getMonth(), at.getDate()]
  return locale === 'zh-CN'
    ? `${withYear ? `${year}年` : ''}${month + 1}月${day}日`
    : `${months[month]!.slice(0, 3)} ${day}${withYear ? `, ${year}` : ''}`
}

/** 11月22日星期日, Sunday, November 22: today, as the workbench greets with it. */
export function longDay(at: Date, locale: Locale): string {
  return locale === 'zh-CN'
    ? `${date(at, false, locale)}星期${chineseDays[at.getDay()]}`
    : `${days[at.getDay()]}, ${months[at.getMonth()]} ${at.getDate()}`
}

/** 2026年11月22日 18:05, November 22, 2026 at 18:05: the whole moment, for a tooltip or a detail page. */
export function fullDate(at: Date, locale: Locale): string {
  return locale === 'zh-CN'
    ? `${date(at, true, locale)} ${timeOf(at)}`
    : `${months[at.getMonth()]} ${at.getDate()}, ${at.getFullYear()} at ${timeOf(at)}`
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
