import type { RecordRow } from '#contract/crm/records.ts'
import type { RecordsQuery } from '../../gateway.ts'
import type { Work } from '../parts.ts'
import type { Condition } from './query.ts'
import { z } from 'zod'
import { AppError, invalid } from '../../../http/app-error.ts'
import { readCursor, writeCursor } from '../../../http/cursor.ts'
import { CordysError } from '../errors.ts'
import { explain, explainMissing } from '../explain.ts'
import { kindOf } from '../kinds/index.ts'
import { fetchStored } from './fetch.ts'
import { presentRows } from './present.ts'
import { conditionsOf, sortOf } from './query.ts'
import { rawList, rawPage } from './raw.ts'

/** Cordys pages by number, and repeats the last page for ever (rule 8): the end is told by the total. A page is one of one list. */
const cursorOf = (list: string) => z.strictObject({ list: z.literal(list), page: z.int().min(1).max(100_000) })

/** A list by its kind, order and what it is of: pages of one mean nothing in another. */
const listName = ({ kind }: Work, { sort, of, ofId }: RecordsQuery) => [kind.kind, sort, of, ofId].join(' ')

/** Cordys's list of follow-up records has those of leads too (cordys-api §5.8), who are not here. */
const aboutCustomers: Condition = { name: 'type', operator: 'IN', value: ['CUSTOMER'], multipleValue: false, type: 'SELECT' }

interface Page { items: RecordRow[], nextCursor: string | null, total: number }

export async function listRecords(work: Work, query: RecordsQuery): Promise<Page> {
  const { kind, cordys, config, user } = work
  const viewId = kind.views[query.view]
  if (viewId === undefined)
    throw invalid([{ path: 'view', message: 'not_an_option' }])
  if (query.status !== undefined)
    throw invalid([{ path: 'status', message: 'unknown_field' }])
  const current = readCursor(cursorOf(listName(work, query)), query.cursor)?.page ?? 1
  if (query.of !== undefined && query.ofId !== undefined)
    return page(work, await listOf(work, { of: query.of, ofId: query.ofId }, query, current), query, current)

  const conditions = [...conditionsOf(kind, config, query.filters ?? [], user), ...(kind.kind === 'follow-ups' ? [aboutCustomers] : [])]
  const found = await cordys.read(`${kind.path}/page`, {
    schema: rawPage,
    body: {
      current,
      pageSize: query.limit,
      viewId,
      sort: sortOf(kind, query.sort),
      ...(query.q && { keyword: query.q }),
      ...(conditions.length > 0 && { combineSearch: { searchMode: 'AND', conditions } }),
    },
  }).catch(explain)
  return page(work, found, query, current)
}

/** What belongs to a customer. */
async function listOf(work: Work, { of, ofId }: { of: string, ofId: string }, query: RecordsQuery, current: number): Promise<z.output<typeof rawPage>> {
  const { kind, cordys } = work
  if (of !== 'customers')
    throw new AppError('crm_unsupported')
  if (kind.kind === 'customers')
    throw invalid([{ path: 'of', message: 'not_an_option' }])
  // Whether the person may read the customer is asked of the customer: not every list of Cordys's looks (cordys-api §5.8).
  const customer = fetchStored({ cordys, kind: kindOf('customers') }, ofId)
  switch (kind.kind) {
    case 'contacts': {
      const [{ list, optionMap }] = await Promise.all([contactsOf(cordys, ofId), customer])
      const found = list.filter(({ name }) => !query.q || name?.includes(query.q))
      const from = (current - 1) * query.limit
      return { list: found.slice(from, from + query.limit), total: found.length, optionMap }
    }
    case 'follow-ups': {
      const body = { current, pageSize: query.limit, viewId: 'ALL', sourceId: ofId, sort: sortOf(kind, query.sort), ...(query.q && { keyword: query.q }) }
      const [found] = await Promise.all([cordys.read('/account/follow/record/page', { body, schema: rawPage }).catch(explainMissing), customer])
      return found
    }
  }
}

/** Contacts of a customer; Cordys shows them by the data scope alone, so that collaborators get none. */
function contactsOf(cordys: Work['cordys'], id: string): Promise<z.output<typeof rawList>> {
  return cordys.get('/account/contact/list/:id', { params: { id }, schema: rawList }).catch((error: unknown) => {
    if (error instanceof CordysError && error.failure === 'denied')
      return { list: [], optionMap: {} }
    return explainMissing(error)
  })
}

function page(work: Work, { list, total, optionMap }: z.output<typeof rawPage>, query: RecordsQuery, current: number): Page {
  const { limit } = query
  const isBeyond = (current - 1) * limit >= total
  return {
    items: isBeyond ? [] : presentRows(work, list, optionMap),
    nextCursor: current * limit < total ? writeCursor({ list: listName(work, query), page: current + 1 } satisfies z.infer<ReturnType<typeof cursorOf>>) : null,
    total,
  }
}
