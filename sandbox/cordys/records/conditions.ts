import type { Condition } from './page.ts'
import { isBlank } from '../forms/check.ts'
import { unhandled } from '../http/envelope.ts'

const day = 86_400_000
const shanghai = 8 * 3_600_000
const startOfDay = (at: number) => Math.floor((at + shanghai) / day) * day - shanghai

/** Relative dates as a span of milliseconds; the ones a phone offers (cordys-api §1.6). */
function dynamic(word: string, now: number): [number, number] | undefined {
  const today = startOfDay(now)
  const monday = today - ((new Date(today + shanghai).getUTCDay() + 6) % 7) * day
  const date = new Date(today + shanghai)
  const month = (offset: number) => Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + offset, 1) - shanghai
  const spans: Record<string, [number, number]> = {
    TODAY: [today, today + day],
    YESTERDAY: [today - day, today],
    TOMORROW: [today + day, today + 2 * day],
    WEEK: [monday, monday + 7 * day],
    LAST_WEEK: [monday - 7 * day, monday],
    NEXT_WEEK: [monday + 7 * day, monday + 14 * day],
    MONTH: [month(0), month(1)],
    LAST_MONTH: [month(-1), month(0)],
    NEXT_MONTH: [month(1), month(2)],
    LAST_SEVEN: [today - 7 * day, today + day],
    LAST_THIRTY: [today - 30 * day, today + day],
  }
  return spans[word]
}

/** Whether a value meets one condition; `caller` stands for CURRENT_USER. */
export function meets(value: unknown, { name, value: wanted, operator, multipleValue }: Condition, caller: string, now: number): boolean {
  if (/[\s;'"()]|--|\b(?:select|union|drop)\b/i.test(name))
    throw unhandled(`java.lang.IllegalArgumentException: illegal name ${name}`)
  if (operator === 'EMPTY' || operator === 'NOT_EMPTY')
    return isBlank(value) === (operator === 'EMPTY')
  // A condition without a value is dropped.
  if (isBlank(wanted))
    return true
  const held = (Array.isArray(value) ? value : isBlank(value) ? [] : [value]).map(String)
  const list = (Array.isArray(wanted) ? wanted : [wanted]).map(item => (item === 'CURRENT_USER' ? caller : String(item)))
  const number = Number(value)
  // Arrays are stored apart; a condition that does not say so looks in the wrong place.
  if (Array.isArray(value) && !multipleValue)
    return false
  switch (operator) {
    case 'IN':
      return held.some(item => list.includes(item))
    case 'NOT_IN':
      return !held.some(item => list.includes(item))
    case 'EQUALS':
      return held.includes(list[0]!)
    case 'NOT_EQUALS':
      return !held.includes(list[0]!)
    case 'CONTAINS':
      return list[0]!.split(/\s+/).every(part => held.some(item => item.includes(part)))
    case 'NOT_CONTAINS':
      return !list[0]!.split(/\s+/).every(part => held.some(item => item.includes(part)))
    case 'GT':
      return held.length > 0 && number > Number(wanted)
    case 'LT':
      return held.length > 0 && number < Number(wanted)
    case 'GE':
      return held.length > 0 && number >= Number(wanted)
    case 'LE':
      return held.length > 0 && number <= Number(wanted)
    case 'BETWEEN':
      return held.length > 0 && number >= Number(list[0]) && number <= Number(list[1])
    case 'COUNT_GT':
      return held.length > Number(wanted)
    case 'COUNT_LT':
      return held.length < Number(wanted)
    case 'DYNAMICS': {
      const span = dynamic(list[0]!, now)
      return span !== undefined && held.length > 0 && number >= span[0] && number < span[1]
    }
    default:
      throw unhandled(`java.lang.IllegalArgumentException: No enum constant Operator.${operator}`)
  }
}
