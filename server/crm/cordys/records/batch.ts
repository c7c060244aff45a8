import type { BatchResult } from '#contract/crm/records.ts'
import type { Locale } from '../../../http/locale.ts'
import type { Work } from '../parts.ts'
import type { RawDetail } from './raw.ts'
import { z } from 'zod'
import { AppError } from '../../../http/app-error.ts'
import { errorTexts } from '../../../http/error-texts/errors.ts'
import { explain } from '../explain.ts'
import { removeRecord } from './change.ts'
import { fetchDetail } from './get.ts'
import { nameOf } from './present.ts'

/** What a batch did, and what the records it was done to were before. */
interface Batch { result: BatchResult, before: RawDetail[] }

/** Records one after another: what failed is named, the rest is done. A session that ends ends it all. */
async function each(work: Work, ids: string[], act: (id: string) => Promise<RawDetail>): Promise<Batch> {
  const result: BatchResult = { done: [], failed: [] }
  const before: RawDetail[] = []
  for (const id of new Set(ids)) {
    try {
      before.push(await act(id))
      result.done.push(id)
    }
    catch (error) {
      if (!(error instanceof AppError) || error.code === 'crm_login_required')
        throw error
      const name = await fetchDetail(work, id).then(detail => nameOf(work.kind, detail), () => '')
      result.failed.push({ id, name, reason: reasonOf(error, work.locale) })
    }
  }
  return { result, before }
}

/** Cordys's own words where there are some. */
function reasonOf({ code, details }: AppError, locale: Locale): string {
  return String(details.values?.reason ?? '') || errorTexts[code].message[locale]
}

export function transferRecords(work: Work, { ids, ownerId }: { ids: string[], ownerId: string }): Promise<Batch> {
  return each(work, ids, async (id) => {
    const before = await fetchDetail(work, id)
    await work.cordys.write('POST', `${work.kind.path}/batch/transfer`, { body: { ids: [id], owner: ownerId }, schema: z.unknown() }).catch(explain)
    return before
  })
}

export const removeRecords = (work: Work, ids: string[]): Promise<Batch> => each(work, ids, id => removeRecord(work, id))
