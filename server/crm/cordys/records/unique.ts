import type { Work } from '../parts.ts'
import type { Change } from './input.ts'
import { z } from 'zod'
import { invalid } from '../../../http/app-error.ts'

const answer = z.looseObject({ repeat: z.boolean().nullish() })

/**
 * Asks for the values of unique fields before saving, so that the field is named; Cordys checks them again itself.
 * @throws {AppError} validation_failed, at the field
 */
export async function checkUnique({ cordys, kind }: Pick<Work, 'cordys' | 'kind'>, changes: Change[]): Promise<void> {
  const asked = changes.filter(({ spec, value }) => spec.unique && typeof value === 'string' && value !== '')
  const issues = await Promise.all(asked.map(async ({ field, spec, value }) => {
    const found = await cordys
      .read('/field/check/repeat', { body: { id: field.id, value, formKey: kind.formKey }, schema: answer.nullish() })
      .catch(() => undefined)
    return found?.repeat ? [{ path: `values.${spec.key}`, message: 'taken' }] : []
  }))
  if (issues.flat().length > 0)
    throw invalid(issues.flat())
}
