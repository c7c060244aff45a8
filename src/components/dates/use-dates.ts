import type { DateWords } from './date-words.ts'
import { shallowRef } from 'vue'
import { useTexts } from '../../locales/index.ts'
import { fullDate, longDay } from './calendar-words.ts'
import { agoWords, nearness, overdueWords, whenWords } from './date-words.ts'

/** Ticks every half minute, and as soon as the page is looked at again. One clock for the whole page. */
const now = shallowRef(new Date())
let ticking = false

function startClock() {
  if (ticking)
    return
  ticking = true
  const tick = () => {
    if (!document.hidden)
      now.value = new Date()
  }
  setInterval(tick, 30_000)
  document.addEventListener('visibilitychange', tick)
}

/** Moments in words, in the reader's language and time zone; reactive in templates. */
export function useDates() {
  startClock()
  const { t, locale } = useTexts()
  const say = (words: DateWords) => t(`dates.${words.key}`, words.params)

  return {
    now,
    when: (iso: string) => say(whenWords(new Date(iso), now.value, locale.value)),
    ago: (iso: string) => say(agoWords(new Date(iso), now.value, locale.value)),
    overdue: (iso: string) => say(overdueWords(new Date(iso), now.value)),
    nearness: (iso: string) => nearness(new Date(iso), now.value),
    full: (iso: string) => fullDate(new Date(iso), locale.value),
    today: () => longDay(now.value, locale.value),
  }
}
