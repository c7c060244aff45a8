import type { Router } from 'vue-router'
import { createRouter, createWebHistory, START_LOCATION } from 'vue-router'
import { nameWindow } from '../layouts/page-title.ts'
import { loadAreas, t } from '../locales/index.ts'
import { useSession } from '../stores/session/index.ts'
import { basePath } from '../support/base.ts'
import { read, write } from '../support/storage.ts'
import { accountRoutes } from './account.ts'
import { adminRoutes } from './admin.ts'
import { crmRoutes } from './crm.ts'
import { containerQuery, guard } from './guard.ts'
import './meta.ts'

/** The routes below the base path, guarded by the session. */
export function createAppRouter(): Router {
  const router = createRouter({
    history: createWebHistory(basePath()),
    routes: [
      ...crmRoutes,
      ...adminRoutes,
      ...accountRoutes,
    ],
    // A new page is at its top: saying so would only cost a layout before the first paint.
    scrollBehavior: (_to, from, saved) => saved ?? (from !== START_LOCATION && { top: 0 }),
  })
  const session = useSession()
  session.onShow((page) => {
    const { query, fullPath, name } = router.currentRoute.value
    const returnTo = name === 'entry' || name === 'logged-out'
      ? query.returnTo
      : fullPath
    void router.replace({
      name: page,
      query: {
        ...containerQuery(query),
        ...(page === 'entry' && returnTo && { returnTo }),
      },
    })
  })

  router.beforeEach((to, from) => {
    const missing = Object.entries(containerQuery(from.query)).filter(([key]) => !(key in to.query))
    if (missing.length > 0) {
      return {
        path: to.path,
        hash: to.hash,
        query: {
          ...to.query,
          ...Object.fromEntries(missing),
        },
        replace: true,
      }
    }
  })
  router.beforeEach(to => guard(to, session))
  router.beforeResolve(to => loadAreas(to.matched.flatMap(record => record.meta.texts ?? [])))
  router.afterEach((to) => {
    if (to.meta.title)
      nameWindow(t(to.meta.title))
  })
  router.onError((error, to) => {
    if (isStaleBuild(error))
      reloadOnce(router.resolve(to.fullPath).href)
  })
  return router
}

/** A chunk is gone because a newer build was deployed while this page was open. */
function isStaleBuild(error: unknown): boolean {
  return error instanceof Error && /dynamically imported module|Importing a module script failed|Unable to preload/i.test(error.message)
}

/** Fetches the newer build, once a minute at most: when that does not help, it was the network. */
function reloadOnce(href: string): void {
  const last = Number(read('reloadedAt', 'sessionStorage'))
  if (Date.now() - last < 60_000)
    return
  write('reloadedAt', String(Date.now()), 'sessionStorage')
  location.assign(href)
}
