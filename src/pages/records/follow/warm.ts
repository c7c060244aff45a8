import { whenIdle } from '../../../support/idle.ts'

/** The first screen, and whoever taps on it at once, have the network to themselves for so long. */
const afterMs = 4000

let warm = false

/**
 * Fetches what every form needs a while after the first screen: on the way to a customer the network
 * may be gone by the time a follow-up is to be written. A form that is opened sooner fetches it by itself.
 */
export function warmFormsLater(): void {
  if (warm)
    return
  warm = true
  setTimeout(whenIdle, afterMs, fetchAhead)
}

function fetchAhead(): void {
  void import('../index.ts').then(pages => pages.warmForms()).catch(() => {
    warm = false
  })
}
