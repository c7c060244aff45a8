import type { CrmRecord } from '#contract/crm/records.ts'
import type { Work } from '../parts.ts'
import type { RawDetail } from './raw.ts'
import { AppError } from '../../../http/app-error.ts'
import { kindOf } from '../kinds/index.ts'
import { fetchStored } from './fetch.ts'
import { presentRecord } from './present.ts'
import { rawList, rawPage, textOf } from './raw.ts'
import { rightsOf } from './rights.ts'
import { isInReach, readableCustomer } from './sight.ts'

/** A record as Cordys has it. @throws {AppError} not_found when it is not there for this person */
export async function fetchDetail(work: Pick<Work, 'cordys' | 'kind'>, id: string): Promise<RawDetail> {
  const detail = await fetchStored(work, id)
  if (!await isInReach(work, detail))
    throw new AppError('not_found')
  return detail
}

/** A number for a tab; where it may not be read the tab has none. */
const count = (work: Promise<number>): Promise<number | undefined> => work.catch(() => undefined)

export async function getRecord(work: Work, id: string): Promise<CrmRecord> {
  const { kind, cordys } = work
  const [detail, followUps, contacts] = await Promise.all([
    fetchDetail(work, id),
    ...(kind.kind === 'customers'
      ? [
          count(cordys.read('/account/follow/record/page', { body: { current: 1, pageSize: 1, viewId: 'ALL', sourceId: id }, schema: rawPage }).then(({ total }) => total)),
          count(cordys.get('/account/contact/list/:id', { params: { id }, schema: rawList }).then(({ list }) => list.length)),
        ]
      : []),
  ])
  const record = presentRecord(work, detail, { ...(followUps !== undefined && { followUps }), ...(contacts !== undefined && { contacts }) })
  return kind.kind === 'contacts' ? { ...record, rights: [...record.rights.filter(right => right !== 'follow'), ...(await mayFollow(work, detail) ? ['follow' as const] : [])] } : record
}

/** Whether the person may write about a contact's customer: by a permission, or because it is shared with them to work on. */
async function mayFollow({ cordys, user }: Work, contact: RawDetail): Promise<boolean> {
  const id = textOf(contact, 'customerId')
  const customer = id === null ? undefined : await readableCustomer(cordys, id)
  return customer !== undefined && rightsOf(kindOf('customers'), user, customer).includes('follow')
}
