import type { Work } from '../parts.ts'
import type { RawDetail } from './raw.ts'
import { AppError } from '../../../http/app-error.ts'
import { explainMissing } from '../explain.ts'
import { onPath } from '../kinds/paths.ts'
import { rawDetail } from './raw.ts'

/** What Cordys answers about a record, whether or not it should have (see sight.ts). @throws {AppError} not_found */
export async function fetchStored({ cordys, kind }: Pick<Work, 'cordys' | 'kind'>, id: string): Promise<RawDetail> {
  const detail = await onPath(kind, path => cordys.get(`${path}/get/:id`, { params: { id }, schema: rawDetail.nullish() })).catch(explainMissing)
  if (!detail)
    throw new AppError('not_found')
  return detail
}
