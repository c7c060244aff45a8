import type { AuditAction } from '#contract/people/audit-actions.ts'
import type { Db } from '../db/index.ts'
import type { AuditTarget } from './targets.ts'
import { tables } from '../db/index.ts'
import { maskSecrets } from './mask.ts'
import { currentScope } from './scope.ts'
import { targetName } from './target-name.ts'
import { targetOf } from './targets.ts'

export { auditedRequest } from './request.ts'
export { auditRoutes } from './routes.ts'

export interface AuditEntry {
  /** Name of the person, or "operator" for a break-glass session; the request's caller when absent. */
  actor?: string
  /** The person's account, where the request does not know it (a login). */
  actorId?: string
  /** What was done, as `area.verb`: `settings.update`, `admin_link.used`. */
  action: AuditAction
  /** The one thing it was done to, where the details do not tell (targets.ts). */
  target?: AuditTarget
  /** What was changed; values under names of secrets are masked. */
  detail?: object
  ip?: string
}

/** Remembers who did what; pass the transaction that does it, so that neither exists without the other. */
export async function audit(db: Db, { actor, actorId, action, detail = {}, target = targetOf(action, detail), ip }: AuditEntry): Promise<void> {
  const scope = currentScope()
  const own = scope !== undefined && (actor === undefined || actor === scope.actor)
  await db.insert(tables.auditLog).values({
    actor: actor ?? scope?.actor ?? 'system',
    actorId: actorId ?? (own ? scope.actorId : null),
    action,
    targetType: target.type,
    targetId: target.id ?? null,
    targetName: targetName(target),
    detail: maskSecrets(detail),
    ip: ip ?? scope?.ip ?? null,
    requestId: scope?.requestId ?? null,
  })
  if (scope)
    scope.written = true
}
