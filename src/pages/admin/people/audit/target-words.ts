import type { AuditEntry } from '#contract/people/audit.ts'
import { textFor } from '../../../../locales/index.ts'

/** A kind of target in words, for the filter. */
export function targetKind(type: string): string {
  return textFor(`people.audit.targets.${type}`) ?? textFor(`people.audit.areas.${type}`) ?? type
}

/** What something was done to: by name where there is one, else by its kind. Ids say nothing to people, but userids do. */
export function targetWords({ type, id, name }: NonNullable<AuditEntry['target']>): string {
  const own = name
    ?? (type === 'role' ? textFor(`people.roles.${id}`) : undefined)
    ?? textFor(`people.audit.things.${type}.${id}`)
    ?? (type === 'records' ? textFor(`people.audit.fields.${id === 'account' ? 'account_' : id}`) : undefined)
    ?? (type === 'template' ? textFor(`messages.kinds.${id}`) : undefined)
    ?? (type === 'member' || type === 'calendar' ? id : undefined)
  return own ?? targetKind(type)
}
