import { useSession } from './index.ts'

/**
 * A page that comes back from the back/forward cache still shows what it showed, perhaps to another
 * person or after a logout: ask the server and DingTalk again (iOS web views do this on swiping back).
 */
export function watchPage(): void {
  window.addEventListener('pageshow', (event) => {
    if (event.persisted)
      void useSession().revalidate()
  })
}
