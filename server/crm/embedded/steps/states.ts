import type { CrmRecord } from '#contract/crm/records.ts'
import type { Actor } from '../../gateway.ts'
import type { EmbeddedParts } from '../parts.ts'
import { kinds } from '../kinds/index.ts'
import { refreshParents } from '../write/parents.ts'
import { takeStep } from './step.ts'

/** A contact has left the customer, or is back. */
export function setContactEnabled(parts: EmbeddedParts, actor: Actor, id: string, { enabled, reason = '' }: { enabled: boolean, reason?: string | undefined }): Promise<CrmRecord> {
  return takeStep(parts, actor, kinds.contacts, id, {
    set: current => ((current.disabledAt === null) === enabled ? undefined : { disabledAt: enabled ? null : parts.now(), disabledReason: enabled ? '' : reason }),
  })
}

/** A plan is done, dropped, or to be done after all. */
export function setPlanStatus(parts: EmbeddedParts, actor: Actor, id: string, { status }: { status: 'open' | 'completed' | 'cancelled' }): Promise<CrmRecord> {
  return takeStep(parts, actor, kinds.plans, id, {
    set: current => (current.status === status ? undefined : { status, closedAt: status === 'open' ? null : parts.now() }),
    async then(tx, _, after) {
      await refreshParents(tx, [after])
      return []
    },
  })
}
