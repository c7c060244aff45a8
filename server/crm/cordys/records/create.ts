import type { FieldValues } from '#contract/crm/forms.ts'
import type { CrmRecord } from '#contract/crm/records.ts'
import type { CordysParts, Work } from '../parts.ts'
import type { SaveBody } from './body.ts'
import { z } from 'zod'
import { AppError } from '../../../http/app-error.ts'
import { CordysError } from '../errors.ts'
import { explain } from '../explain.ts'
import { keyOf } from '../forms/config.ts'
import { onPath } from '../kinds/paths.ts'
import { may } from '../session/user.ts'
import { addBody } from './body.ts'
import { findMade } from './find-made.ts'
import { getRecord } from './get.ts'
import { readInput } from './input.ts'
import { checkParent } from './parent.ts'
import { checkReferences } from './references.ts'
import { checkUnique } from './unique.ts'

const made = z.looseObject({ id: z.string().min(1) })

interface Draft { values: FieldValues, requestKey?: string | undefined }

/** Creates a record; with a request key at most once, also when the first answer was lost on the way. */
export async function createRecord(parts: CordysParts, work: Work, accountId: string, { values, requestKey }: Draft): Promise<CrmRecord> {
  const { kind } = work
  if (kind.kind !== 'follow-ups' && !may(work.user, ...(kind.permissions.ADD ?? [])))
    throw new AppError('forbidden')
  const earlier = requestKey ? (await parts.requests.claim(accountId, requestKey, kind.kind)).earlier : undefined
  if (earlier?.recordId)
    return getRecord(work, earlier.recordId)
  try {
    const id = await (async () => {
      const changes = readInput(work, values)
      const body = addBody(work, changes)
      const before = earlier && await findMade(work, body, earlier.at)
      if (before)
        return before
      await checkParent(work, body.customerId)
      await checkReferences(work, changes)
      await checkUnique(work, changes)
      return add(work, body)
    })().catch(explain)
    if (requestKey)
      await parts.requests.done(accountId, requestKey, id)
    return await getRecord(work, id)
  }
  catch (error) {
    if (requestKey && !isUncertain(error))
      await parts.requests.release(accountId, requestKey)
    throw error
  }
}

async function add({ cordys, kind, config }: Work, body: SaveBody): Promise<string> {
  const labels = config.fields.map(field => ({ key: keyOf(field), label: field.name }))
  const { id } = await onPath(kind, path => cordys.write('POST', `${path}/add`, { body, schema: made })).catch(error => explain(error, labels))
  return id
}

/** Whether Cordys may have made the record although no good answer came. */
function isUncertain(error: unknown): boolean {
  const cause = error instanceof AppError ? error.details.cause : error
  return cause instanceof CordysError && ['unreachable', 'not_json', 'unexpected'].includes(cause.failure) && !cause.details.notSent
}
