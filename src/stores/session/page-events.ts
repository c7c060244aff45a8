import type { Router } from 'vue-router'
import { watch } from 'vue'
import { wantedAccess } from '../../router/access.ts'
import { whenIdle } from '../../support/idle.ts'
import { useSession } from './index.ts'

/**
 * Keeps the session true over the page's life: a stored session is checked with DingTalk once the
 * first screen is up; and whoever moves about, or comes back (from the back/forward cache, another
 * app or window, the client's own `resume`, dingtalk-jsapi §2.7), is still in and still the same.
 */
export function watchPage(router: Router): void {
  const session = useSession()

  router.afterEach(() => void session.onMove())
  window.addEventListener('pageshow', (event) => {
    if (event.persisted)
      void session.revalidate()
  })
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden)
      void session.onReturn()
  })
  document.addEventListener('resume', () => void session.onReturn())
  if (session.session && !session.confirmed())
    whenIdle(() => void session.verify())
}

/**
 * Has the client judge our page signature once; what it says goes to the doctor (`POST /api/jsapi/verdict`). Only where
 * the login has led to: the address that is signed must still be the page's when the client compares.
 */
export function trySignature(router: Router): void {
  const session = useSession()
  const settled = () => session.account !== null && wantedAccess(router.currentRoute.value) !== 'public'
  // Why not is told to the doctor, not here.
  const go = () => void import('../../container/phone/index.ts').then(({ usePhone }) => usePhone().tryAccess()).catch(() => {})
  if (settled())
    return go()
  const stop = watch(settled, () => {
    stop()
    go()
  })
}
