import { onScopeDispose } from 'vue'

/** Milliseconds between two looks while the page is seen. */
const lookEvery = 15_000

/** Runs that schedule, events or other people start are told to nobody here: looks now and then, and when the page is seen again. */
export function lookNowAndThen(look: () => Promise<unknown>): void {
  const back = () => {
    if (!document.hidden)
      // Nobody asked for this; the next look may work.
      look().catch(() => {})
  }
  const timer = setInterval(back, lookEvery)
  document.addEventListener('visibilitychange', back)
  onScopeDispose(() => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', back)
  })
}
