import type { RecordRight } from '#contract/crm/records.ts'
import type { Kind } from '../kinds/index.ts'
import type { Profile } from '../session/user.ts'
import type { RawRecord } from './raw.ts'
import { kindOf } from '../kinds/index.ts'
import { may } from '../session/user.ts'
import { textOf } from './raw.ts'

/** How the reader comes to see a customer: as its owner, by the data scope, or as a collaborator (cordys-api §5.4). */
export function accessOf(user: Profile, record: RawRecord): 'own' | 'scope' | 'shared_read' | 'shared_write' {
  if (record.owner === user.id)
    return 'own'
  const collaboration = textOf(record, 'collaborationType')
  return collaboration === 'READ_ONLY' ? 'shared_read' : collaboration === 'COLLABORATION' ? 'shared_write' : 'scope'
}

/**
 * What Cordys will let the reader do. Collaborators change nothing, those of COLLABORATION write follow-ups; a
 * follow-up is changed by its owner alone, whatever rights somebody has (cordys-api §5.8, §7.3).
 */
export function rightsOf({ kind, permissions }: Kind, user: Profile, record: RawRecord): RecordRight[] {
  if (kind === 'follow-ups')
    return record.owner === user.id ? ['edit', 'delete'] : []
  const has = (action: keyof typeof permissions) => may(user, ...(permissions[action] ?? []))
  const access = accessOf(user, record)
  const rights: RecordRight[] = []
  if (access === 'own' || access === 'scope') {
    if (has('UPDATE'))
      rights.push('edit')
    if (has('DELETE'))
      rights.push('delete')
    if (permissions.TRANSFER && has('TRANSFER'))
      rights.push('transfer')
  }
  if (kind === 'customers' && (access === 'shared_write' || (access !== 'shared_read' && has('UPDATE'))))
    rights.push('follow')
  // What is written at a contact is about its customer: of one in full that one is asked (get.ts), of rows a guess is enough.
  if (kind === 'contacts' && textOf(record, 'customerId') !== null && may(user, ...(kindOf('customers').permissions.UPDATE ?? [])))
    rights.push('follow')
  return rights
}
