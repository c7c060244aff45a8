import { whenIdle } from '../../../support/idle.ts'

let warm = false

/**
 * Fetches what writing a follow-up needs once the first screen has settled: on the way to a customer
 * the network may be gone by the time it is wanted.
 */
export function warmFollowUp(): void {
  if (warm)
    return
  warm = true
  whenIdle(() => {
    void import('../index.ts').then(pages => pages.warmForms()).catch(() => {
      warm = false
    })
  })
}
