import type { Sync } from './runs/index.ts'
import { syncRoutes as declared } from '#contract/sync/index.ts'
import { AppError } from '../../http/app-error.ts'
import { callerName } from '../../http/context.ts'
import { implement } from '../../http/route.ts'
import { presentRun } from './runs/view.ts'

export function syncRoutes({ sync, isConfigured }: { sync: Sync, isConfigured: () => Promise<boolean> }) {
  return implement(declared, {
    'POST /api/sync/runs': async ({ body }, { caller, locale }) => {
      if (!await isConfigured())
        throw new AppError('not_configured')
      return presentRun(await sync.start(body.mode, callerName(caller)), locale)
    },
    'GET /api/sync/runs': async (_, { locale }) => ({ runs: (await sync.list()).map(run => presentRun(run, locale)) }),
    'GET /api/sync/runs/:id': async ({ params }, { locale }) => presentRun(await sync.get(params.id), locale),
    'POST /api/sync/runs/:id/cancel': async ({ params }, { locale }) => presentRun(await sync.cancel(params.id), locale),
    'GET /api/sync/runs/:id/events': ({ params }, { locale, signal }, send) => sync.watch(params.id, run => send(presentRun(run, locale)), signal),
  })
}
