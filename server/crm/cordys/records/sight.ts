import type { Work } from '../parts.ts'
import type { RawDetail } from './raw.ts'
import { AppError } from '../../../http/app-error.ts'
import { explain } from '../explain.ts'
import { kindOf } from '../kinds/index.ts'
import { fetchStored } from './fetch.ts'
import { rawPage, textOf } from './raw.ts'

type Looking = Pick<Work, 'cordys' | 'kind'>

/**
 * Whether a contact or follow-up is in the person's reach. Cordys asks for a permission when one of them is read by its id,
 * not whose it is (cordys-api §5.6, §5.8; customers are looked at properly). In reach is what is one's own, belongs to
 * a customer one may read, or stands in the list Cordys gives this person.
 */
export async function isInReach({ cordys, kind }: Looking, detail: RawDetail): Promise<boolean> {
  if (kind.kind === 'customers' || detail.owner === cordys.user.id || cordys.user.id === 'admin')
    return true
  const customerId = textOf(detail, 'customerId')
  return (customerId !== null && await readableCustomer(cordys, customerId) !== undefined) || isListed({ cordys, kind }, detail)
}

/** A customer, unless the person may not read it. */
export function readableCustomer(cordys: Work['cordys'], id: string): Promise<RawDetail | undefined> {
  return fetchStored({ cordys, kind: kindOf('customers') }, id).catch((error: unknown) => {
    if (error instanceof AppError && ['not_found', 'forbidden'].includes(error.code))
      return undefined
    throw error
  })
}

const listedAtOnce = 100

/** Asks the list for the very moment and owner of the record, page by page: what was imported together has one moment. */
async function isListed({ cordys, kind }: Looking, { id, owner, createTime }: RawDetail): Promise<boolean> {
  if (createTime === null)
    return false
  const conditions = [
    { name: 'createTime', operator: 'BETWEEN', value: [createTime, createTime], multipleValue: false, type: 'DATE_TIME' },
    ...(owner === null ? [] : [{ name: 'owner', operator: 'IN', value: [owner], multipleValue: false, type: 'MEMBER' }]),
  ]
  for (let current = 1; ; current++) {
    const body = { current, pageSize: listedAtOnce, viewId: 'ALL', combineSearch: { searchMode: 'AND', conditions } }
    const { list, total } = await cordys.read(`${kind.path}/page`, { body, schema: rawPage }).catch(explain)
    if (list.some(record => record.id === id))
      return true
    // Cordys repeats its last page for ever.
    if (list.length === 0 || current * listedAtOnce >= total)
      return false
  }
}
