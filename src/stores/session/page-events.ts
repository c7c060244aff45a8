import { whenIdle } from '../../support/idle.ts'
import { useSession } from './index.ts'

/** Milliseconds out of sight after which somebody else may be holding the device. */
const longSleep = 30 * 60_000

/**
 * Keeps the session true over the page's life: a stored session is checked with DingTalk once the
 * first screen is up; a page from the back/forward cache (iOS, swiping back) or after a long sleep
 * asks again.
 */
export function watchPage(): void {
  const session = useSession()
  let hiddenAt: number | undefined

  window.addEventListener('pageshow', (event) => {
    if (event.persisted)
      void session.revalidate()
  })
  document.addEventListener('visibilitychange', () => {
    const slept = hiddenAt !== undefined && Date.now() - hiddenAt > longSleep
    hiddenAt = document.hidden
      ? Date.now()
      : undefined
    if (slept && !document.hidden)
      void session.revalidate()
  })
  if (session.session && !session.confirmed())
    whenIdle(() => void session.verify())
}
