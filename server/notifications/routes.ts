import type { DeliveryView } from '#contract/delivery/index.ts'
import type { RequestContext } from '../http/context.ts'
import type { Notifications } from './index.ts'
import { deliveryRoutes as declared } from '#contract/delivery/index.ts'
import { callerName } from '../http/context.ts'
import { implement } from '../http/route.ts'

export function deliveryRoutes({ notifications }: { notifications: Notifications }) {
  const { admin, budget, todos } = notifications
  const view = async ({ locale }: Pick<RequestContext, 'locale'>): Promise<DeliveryView> => ({
    settings: await admin.readSettings(),
    queue: await admin.queue(locale),
    budget: await budget.read(),
    todoCost: await todos.cost(),
    todos: await todos.view(locale),
  })

  return implement(declared, {
    'POST /api/notifications': ({ body }, ctx) => admin.test(ctx.caller.account, body?.text, ctx.locale, by(ctx)),
    'GET /api/notifications': ({ query }) => admin.list(query),
    'GET /api/notifications/:id': ({ params, query }, { locale }) => admin.describe(params.id, query, locale),
    'POST /api/notifications/:id/recall': ({ params }, ctx) => admin.recall(params.id, by(ctx)),
    'POST /api/notifications/:id/retry': async ({ params, body }, ctx) => ({ queued: await admin.retry(params.id, body?.recipients, by(ctx)) }),
    'POST /api/notifications/:id/check': ({ params }) => admin.check(params.id),
    'POST /api/notifications/:id/status': async ({ params, body }, ctx) => ({ changed: await admin.changeStatus(params.id, body, by(ctx)) }),

    'GET /api/notification-delivery': (_, ctx) => view(ctx),
    'PUT /api/notification-delivery': async ({ body }, ctx) => {
      await admin.writeSettings(body, by(ctx))
      return view(ctx)
    },
    'POST /api/notification-delivery/pause': async (_, ctx) => {
      await admin.pause(by(ctx))
      return admin.queue(ctx.locale)
    },
    'POST /api/notification-delivery/resume': async (_, ctx) => {
      await admin.resume(by(ctx))
      return admin.queue(ctx.locale)
    },
    'POST /api/notification-delivery/todos/retry': async (_, ctx) => {
      await todos.retry(by(ctx))
      return view(ctx)
    },
    'GET /api/notification-delivery/budget': () => budget.read(),
  })
}

function by({ caller, ip }: Pick<RequestContext<'admin'>, 'caller' | 'ip'>) {
  return { name: callerName(caller), ip }
}
