import type { ChoosableDepartment, SyncSettingsView } from '#contract/sync/index.ts'
import type { RequestContext } from '../../http/context.ts'
import type { PublicUrl } from '../../http/public-url.ts'
import type { SyncChanges } from './changes/index.ts'
import type { Sync } from './runs/index.ts'
import type { By, SyncServices } from './services.ts'
import { syncRoutes as declared } from '#contract/sync/index.ts'
import { AppError } from '../../http/app-error.ts'
import { callerName } from '../../http/context.ts'
import { implement } from '../../http/route.ts'
import { presentRun } from './runs/view.ts'

interface Given extends SyncServices {
  sync: Sync
  changes: SyncChanges
  publicUrl: PublicUrl
  isConfigured: () => Promise<boolean>
  /** Departments the settings can name before a sync has made any. */
  choosable: (signal: AbortSignal) => Promise<ChoosableDepartment[]>
}

type Context = RequestContext<'operator'>

export function syncRoutes({ sync, changes, settings, conflicts, fresh, publicUrl, isConfigured, choosable }: Given) {
  const view = async ({ req, locale }: Context): Promise<SyncSettingsView> => ({
    settings: await settings.read(),
    events: await fresh.eventSettings({ baseUrl: publicUrl.of(req), locale }),
    nextRunAt: await fresh.nextRunAt(),
    acceptedCount: await sync.acceptedCount(),
  })

  return implement(declared, {
    'POST /api/sync/runs': async ({ body }, { caller, locale }) => {
      if (!(await isConfigured()))
        throw new AppError('not_configured')
      return presentRun(await sync.start(body.mode, callerName(caller)), locale)
    },
    'GET /api/sync/runs': async ({ query }, { locale }) => {
      const { runs, ...rest } = await sync.list(query)
      return { runs: runs.map(run => presentRun(run, locale)), ...rest }
    },
    'GET /api/sync/runs/:id': async ({ params }, { locale }) => presentRun(await sync.get(params.id), locale),
    'GET /api/sync/runs/:id/changes': ({ params, query }, { locale }) => changes.page(params.id, query, locale),
    'GET /api/sync/runs/:id/leavers': ({ params, query }) => changes.leavers(params.id, query),
    'GET /api/sync/runs/:id/export': ({ params, query }, { locale, res }) => changes.export(params.id, query.format, locale, res),
    'POST /api/sync/runs/:id/apply': async ({ params, body }, ctx) => presentRun(await sync.apply(params.id, body, by(ctx)), ctx.locale),
    'POST /api/sync/runs/:id/cancel': async ({ params }, { locale }) => presentRun(await sync.cancel(params.id), locale),
    'POST /api/sync/runs/:id/undo': async ({ params, body }, ctx) => presentRun(await sync.undo(params.id, body.changeIds, by(ctx)), ctx.locale),
    'GET /api/sync/runs/:id/events': ({ params }, { locale, signal }, send) => sync.watch(params.id, run => send(presentRun(run, locale)), signal),

    'GET /api/sync/conflicts': ({ query }, { locale }) => conflicts.list(query, locale),
    'POST /api/sync/conflicts/:id/resolve': ({ params, body }, ctx) => conflicts.resolve(params.id, body, by(ctx), ctx.locale),
    'POST /api/sync/conflicts/:id/reopen': ({ params }, ctx) => conflicts.reopen(params.id, by(ctx), ctx.locale),

    'GET /api/sync/settings': (_, ctx) => view(ctx),
    'GET /api/sync/settings/departments': async (_, { signal }) => ({ departments: (await isConfigured()) ? await choosable(signal) : [] }),
    'PUT /api/sync/settings': async ({ body }, ctx) => {
      await settings.write(body, by(ctx))
      fresh.wake()
      return view(ctx)
    },
    'DELETE /api/sync/settings/accepted-count': async (_, ctx) => {
      await sync.forgetAcceptedCount(by(ctx))
      return view(ctx)
    },
    'PUT /api/sync/settings/events': async ({ body }, ctx) => {
      await fresh.changeEventSettings(body, callerName(ctx.caller), ctx.ip)
      return view(ctx)
    },
    'POST /api/sync/settings/events/generate': async () => fresh.generateEventSecrets(),
  })
}

function by({ caller, ip }: Pick<Context, 'caller' | 'ip'>): By {
  return { name: callerName(caller), ip }
}
