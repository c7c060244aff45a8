import type { Router } from 'vue-router'
import { createRouter, createWebHistory, START_LOCATION } from 'vue-router'
import { nameWindow } from '../layouts/page-title.ts'
import { loadAreas, t } from '../locales/index.ts'
import { useSession } from '../stores/session/index.ts'
import { basePath } from '../support/base.ts'
import { isLoadFailure } from '../support/load-failure.ts'
import { accountRoutes } from './account.ts'
import { adminRoutes } from './admin.ts'
import { crmRoutes } from './crm.ts'
import { containerQuery, guard } from './guard.ts'
import { notLoaded, onNotLoaded } from './not-loaded.ts'
import { noteScroll, scrollOf } from './tab-scroll.ts'
import './meta.ts'

/** The routes below the base path, guarded by the session. */
export function createAppRouter(): Router {
  const router = createRouter({
    history: createWebHistory(basePath()),
    routes: [...crmRoutes, ...adminRoutes, ...accountRoutes],
    // A new page is at its top: saying so would only cost a layout before the first paint.
    scrollBehavior: (to, from, saved) => saved ?? (from !== START_LOCATION && { top: scrollOf(to, from) }),
  })
  const session = useSession()
  session.onShow((page) => {
    const { query, fullPath, name } = router.currentRoute.value
    const returnTo = name === 'entry' || name === 'logged-out' ? query.returnTo : fullPath
    void router.replace({ name: page, query: { ...containerQuery(query), ...(page === 'entry' && returnTo && { returnTo }) } })
  })

  router.beforeEach((to, from) => {
    const missing = Object.entries(containerQuery(from.query)).filter(([key]) => !(key in to.query))
    if (missing.length > 0) {
      return { path: to.path, hash: to.hash, query: { ...to.query, ...Object.fromEntries(missing) }, replace: true }
    }
  })
  router.beforeEach(to => guard(to, session))
  router.beforeResolve((_to, from) => noteScroll(from))
  router.beforeResolve(to => loadAreas(to.matched.flatMap(record => record.meta.texts ?? [])))
  router.afterEach((to, _from, failure) => {
    if (!failure)
      notLoaded.value = null
    if (to.meta.title)
      nameWindow(t(to.meta.title))
  })
  router.onError((error, to) => {
    if (isLoadFailure(error))
      void onNotLoaded(to.fullPath, path => location.assign(router.resolve(path).href))
  })
  return router
}
