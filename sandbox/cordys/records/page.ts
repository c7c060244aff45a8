import { z } from 'zod'
import { invalid, unhandled } from '../http/envelope.ts'

const condition = z.object({
  name: z.string(),
  value: z.unknown(),
  multipleValue: z.boolean().nullish(),
  operator: z.string().nullish(),
  type: z.string().nullish(),
})
export type Condition = z.output<typeof condition>

const conditions = z.array(condition).nullish()

/** The body of every list (cordys-api §1.6). */
const request = z.object({
  current: z.number().int().min(1),
  pageSize: z.number().int().min(1).max(500),
  sort: z.object({ name: z.string().nullish(), type: z.string().nullish() }).nullish(),
  keyword: z.string().nullish(),
  viewId: z.string().nullish(),
  filters: conditions,
  combineSearch: z.object({ searchMode: z.enum(['AND', 'OR']).nullish(), conditions }).nullish(),
})
export type PageRequest = z.output<typeof request>

/** `view`: the pages of business modules expect a view (cordys-api §1.6); without one the service stumbles. */
export function readPage(body: unknown, { view = false }: { view?: boolean } = {}): PageRequest {
  const parsed = request.safeParse(body)
  if (parsed.success && view && !parsed.data.viewId)
    throw unhandled('java.lang.NullPointerException: Cannot invoke "String.equals(Object)" because "viewId" is null')
  if (parsed.success)
    return parsed.data
  throw invalid(Object.fromEntries(parsed.error.issues.map(issue => [issue.path.join('.'), issue.message])))
}

/** One page; a page beyond the end is the last one again (cordys-api, rule 8). */
export function paged<T>(all: T[], { current, pageSize }: PageRequest): { rows: T[], total: number, pageSize: number, current: number } {
  const last = Math.max(1, Math.ceil(all.length / pageSize))
  const shown = Math.min(current, last)
  return { rows: all.slice((shown - 1) * pageSize, shown * pageSize), total: all.length, pageSize, current: shown }
}
