import type { Db } from '../db/index.ts'
import type { RequestContext } from '../http/context.ts'
import type { BoundRoute } from '../http/route.ts'
import { callerName } from '../http/context.ts'
import { audit } from './index.ts'
import { actionOf } from './route-actions.ts'
import { withinScope } from './scope.ts'

/**
 * Around every handler: completes what it audits with the caller, whom a login does not know yet, and from where; and sees
 * to it that no administrator's change goes without an entry. A change whose feature wrote none is remembered by its route
 * and input.
 */
export function auditedRequest(db: Db) {
  return async <T>({ key, spec }: BoundRoute, input: object, ctx: RequestContext, work: () => Promise<T>): Promise<T> => {
    const { caller } = ctx
    const scope = {
      actor: caller ? callerName(caller) : null,
      actorId: caller?.kind === 'account' ? caller.account.id : null,
      ip: ctx.ip,
      requestId: ctx.requestId,
      written: false,
    }
    return withinScope(scope, async () => {
      const result = await work()
      const action = caller && !key.startsWith('GET ') ? actionOf(key) : undefined
      if (!scope.written && action)
        await audit(db, { action, detail: spec.raw ? {} : input })
      return result
    })
  }
}
