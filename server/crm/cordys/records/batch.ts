import type { BatchResult } from '#contract/crm/records.ts'
import type { Locale } from '../../../http/locale.ts'
import type { Work } from '../parts.ts'
import { z } from 'zod'
import { AppError } from '../../../http/app-error.ts'
import { errorTexts } from '../../../http/error-texts/errors.ts'
import { explain } from '../explain.ts'
import { removeRecord } from './change.ts'
import { fetchDetail } from './get.ts'
import { nameOf } from './present.ts'

/** Records one after another: what failed is named, the rest is done. A session that ends ends it all. */
async function each(work: Work, ids: string[], act: (id: string) => Promise<void>): Promise<BatchResult> {
  const result: BatchResult = { done: [], failed: [] }
  for (const id of new Set(ids)) {
    try {
      await act(id)
      result.done.push(id)
    }
    catch (error) {
      if (!(error instanceof AppError) || error.code === 'crm_login_required')
        throw error
      const name = await fetchDetail(work, id).then(detail => nameOf(work.kind, detail), () => '')
      result.failed.push({ id, name, reason: reasonOf(error, work.locale) })
    }
  }
  return result
}

/** Cordys's own words where there are some. */
function reasonOf({ code, details }: AppError, locale: Locale): string {
  return String(details.values?.reason ?? '') || errorTexts[code].message[locale]
}

export function transferRecords(work: Work, { ids, ownerId }: { ids: string[], ownerId: string }): Promise<BatchResult> {
  const give = async (some: string[]) => {
    await work.cordys.write('POST', `${work.kind.path}/batch/transfer`, { body: { ids: some, owner: ownerId }, schema: z.unknown() }).catch(explain)
  }
  return each(work, ids, id => give([id]))
}

export const removeRecords = (work: Work, ids: string[]): Promise<BatchResult> => each(work, ids, id => removeRecord(work, id))
