import type { RequestContext } from '../../http/context.ts'
import type { HandoverService } from './index.ts'
import { handoverRoutes as declared } from '#contract/handover.ts'
import { callerName } from '../../http/context.ts'
import { implement } from '../../http/route.ts'

export function handoverRoutes({ handover }: { handover: HandoverService }) {
  const by = ({ caller, ip }: Pick<RequestContext<'admin'>, 'caller' | 'ip'>) => ({ name: callerName(caller), ip })
  return implement(declared, {
    'GET /api/directory/accounts/:id/handover': ({ params }) => handover.preview(params.id),
    'POST /api/directory/accounts/:id/handover/preview': ({ params, body }) => handover.division(params.id, body),
    'POST /api/directory/accounts/:id/handover': async ({ params, body }, ctx) => ({ made: await handover.execute(params.id, body, by(ctx)) }),
    'POST /api/directory/handovers/:id/undo': ({ params }, ctx) => handover.undo(params.id, by(ctx)),
  })
}
