import type { RecordRow } from '#contract/crm/records.ts'
import type { RecordsQuery } from '../../gateway.ts'
import type { Work } from '../parts.ts'
import { z } from 'zod'
import { AppError, invalid } from '../../../http/app-error.ts'
import { readCursor, writeCursor } from '../../../http/cursor.ts'
import { explain, explainMissing } from '../explain.ts'
import { presentRows } from './present.ts'
import { conditionsOf, sortOf } from './query.ts'
import { rawList, rawPage } from './raw.ts'

/** Cordys pages by number, and repeats the last page for ever (rule 8): the end is told by the total. */
const cursor = z.object({ page: z.int().min(1).max(100_000) })

interface Page { items: RecordRow[], nextCursor: string | null, total: number }

export async function listRecords(work: Work, query: RecordsQuery): Promise<Page> {
  const { kind, cordys, config, user } = work
  const viewId = kind.views[query.view]
  if (viewId === undefined)
    throw invalid([{ path: 'view', message: 'not_an_option' }])
  if (query.status !== undefined)
    throw invalid([{ path: 'status', message: 'unknown_field' }])
  const current = readCursor(cursor, query.cursor)?.page ?? 1
  if (query.of !== undefined && query.ofId !== undefined)
    return listOf(work, { of: query.of, ofId: query.ofId }, query, current)

  const conditions = conditionsOf(kind, config, query.filters ?? [], user.id)
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
  return page(work, found, current, query.limit)
}

/** What belongs to a customer. */
async function listOf(work: Work, { of, ofId }: { of: string, ofId: string }, query: RecordsQuery, current: number): Promise<Page> {
  const { kind, cordys } = work
  if (of !== 'customers')
    throw new AppError('crm_unsupported')
  switch (kind.kind) {
    case 'contacts': {
      const { list, optionMap } = await cordys.get('/account/contact/list/:id', { params: { id: ofId }, schema: rawList }).catch(explainMissing)
      const found = list.filter(({ name }) => !query.q || name?.includes(query.q))
      const from = (current - 1) * query.limit
      return page(work, { list: found.slice(from, from + query.limit), total: found.length, optionMap }, current, query.limit)
    }
    case 'follow-ups': {
      const body = { current, pageSize: query.limit, viewId: 'ALL', sourceId: ofId, sort: sortOf(kind, query.sort), ...(query.q && { keyword: query.q }) }
      return page(work, await cordys.read('/account/follow/record/page', { body, schema: rawPage }).catch(explainMissing), current, query.limit)
    }
    default:
      throw invalid([{ path: 'of', message: 'not_an_option' }])
  }
}

function page(work: Work, { list, total, optionMap }: z.output<typeof rawPage>, current: number, limit: number): Page {
  const isBeyond = (current - 1) * limit >= total
  return {
    items: isBeyond ? [] : presentRows(work, list, optionMap),
    nextCursor: current * limit < total ? writeCursor({ page: current + 1 } satisfies z.infer<typeof cursor>) : null,
    total,
  }
}
