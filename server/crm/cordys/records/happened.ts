import type { CrmRecord } from '#contract/crm/records.ts'
import type { Work } from '../parts.ts'
import type { Happened } from '../telling.ts'
import type { RawDetail } from './raw.ts'
import { nameOf } from './present.ts'
import { textOf } from './raw.ts'
import { readableCustomer } from './sight.ts'

interface Person { id: string, name: string }

const recordOf = ({ kind, id, name }: CrmRecord): Happened['record'] => ({ kind, id, name })
const detailOf = ({ kind }: Work, detail: RawDetail): Happened['record'] => ({ kind: kind.kind, id: detail.id, name: nameOf(kind, detail) })

/** A record made for somebody else; a contact is news for its customer's owner, too. */
export async function creation({ cordys, user, kind }: Work, record: CrmRecord): Promise<Happened[]> {
  const owner = record.owner?.id ?? null
  const happened: Happened[] = owner !== null && owner !== user.id ? [{ type: 'record.assigned', record: recordOf(record), owner, once: true }] : []
  const about = kind.kind === 'contacts' ? record.about.find(({ kind }) => kind === 'customers') : undefined
  const customer = about && await readableCustomer(cordys, about.id).catch(() => undefined)
  if (customer && customer.owner !== null && customer.owner !== owner && customer.owner !== user.id)
    happened.push({ type: 'contact.added', record: recordOf(record), owner: customer.owner, values: { about: about.name }, once: true })
  return happened
}

/** An edit that gave the record to somebody else. */
export function change(record: CrmRecord, formerOwner: string | null): Happened[] {
  const owner = record.owner
  return owner && owner.id !== formerOwner ? [{ type: 'record.transferred', record: recordOf(record), owner: owner.id, formerOwner, values: { owner: owner.name } }] : []
}

export function transfers(work: Work, before: RawDetail[], { id, name }: Person): Happened[] {
  return before
    .filter(detail => detail.owner !== id)
    .map(detail => ({ type: 'record.transferred', record: detailOf(work, detail), owner: id, formerOwner: detail.owner, values: { owner: name, former: textOf(detail, 'ownerName') ?? '' } }))
}

export function deletions(work: Work, before: RawDetail[]): Happened[] {
  return before.map(detail => ({ type: 'record.deleted', record: detailOf(work, detail), owner: detail.owner, once: true }))
}
