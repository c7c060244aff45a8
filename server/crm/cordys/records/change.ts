import type { FieldValues } from '#contract/crm/forms.ts'
import type { CrmRecord } from '#contract/crm/records.ts'
import type { Work } from '../parts.ts'
import type { RawDetail } from './raw.ts'
import { z } from 'zod'
import { AppError } from '../../../http/app-error.ts'
import { explain, explainMissing } from '../explain.ts'
import { keyOf } from '../forms/config.ts'
import { onPath } from '../kinds/paths.ts'
import { updateBody } from './body.ts'
import { fetchDetail, getRecord } from './get.ts'
import { readInput } from './input.ts'
import { checkParent } from './parent.ts'
import { checkReferences } from './references.ts'
import { rightsOf } from './rights.ts'
import { checkUnique } from './unique.ts'
import { versionOf } from './version.ts'

/**
 * Changes the named fields: the record is read first, since Cordys replaces everything (rule 10), which is also
 * where an edit from an outdated version is noticed.
 */
export async function patchRecord(work: Work, id: string, { values, version }: { values: FieldValues, version: number }): Promise<{ record: CrmRecord, formerOwner: string | null }> {
  const { cordys, kind, config, user } = work
  const current = await fetchDetail(work, id)
  if (!rightsOf(kind, user, current).includes('edit'))
    throw new AppError('forbidden')
  if (versionOf(config, current) !== version)
    throw new AppError('stale_edit')
  const changes = readInput(work, values, current)
  if (changes.length > 0) {
    const moved = changes.find(({ field }) => field.businessKey === 'customerId')
    if (moved)
      await checkParent(work, moved.value)
    await checkReferences(work, changes)
    await checkUnique(work, changes)
    const labels = config.fields.map(field => ({ key: keyOf(field), label: field.name }))
    const body = updateBody(work, current, changes)
    await onPath(kind, path => cordys.write('POST', `${path}/update`, { body, schema: z.unknown() })).catch(error => explain(error, labels))
  }
  return { record: await getRecord(work, id), formerOwner: current.owner }
}

/**
 * Deletes a record: a GET at Cordys (rule 7). What one may see but not delete is forbidden, the rest is not there.
 * @returns what it was
 */
export async function removeRecord(work: Work, id: string): Promise<RawDetail> {
  const { cordys, kind, user } = work
  const current = await fetchDetail(work, id)
  if (!rightsOf(kind, user, current).includes('delete'))
    throw new AppError('forbidden')
  await onPath(kind, path => cordys.write('GET', `${path}/delete/:id`, { params: { id }, schema: z.unknown() })).catch(explainMissing)
  return current
}
