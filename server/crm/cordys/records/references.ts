import type { FieldIssue } from '#contract/errors.ts'
import type { Work } from '../parts.ts'
import type { Change } from './input.ts'
import { z } from 'zod'
import { AppError, invalid } from '../../../http/app-error.ts'
import { explainMissing } from '../explain.ts'
import { targetOf } from '../forms/types.ts'
import { kinds } from '../kinds/index.ts'
import { findDepartments, findPeople } from '../people.ts'
import { fetchDetail } from './get.ts'

/** Kinds that are not offered here yet, whose records a field may still name. */
const otherPaths: Record<string, string> = { leads: '/lead', opportunities: '/opportunity' }

const idsOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : typeof value === 'string' ? [value] : [])

/**
 * Whether what a record newly refers to exists for this person. Cordys stores any id (cordys-api §6.3) and answers with the
 * name of what it stands for, so a customer of somebody else could be read by naming it in a field.
 * @throws {AppError} validation_failed, at the fields
 */
export async function checkReferences(work: Work, changes: Change[]): Promise<void> {
  const issues = await Promise.all(changes.map(async ({ field, spec, value }): Promise<FieldIssue[]> => {
    // The customer a contact or follow-up is about is looked at by parent.ts.
    const ids = field.businessKey === 'customerId' ? [] : idsOf(value)
    const areThere = ids.length === 0 || await exist(work, spec.type, targetOf(field), ids)
    return areThere ? [] : [{ path: `values.${spec.key}`, message: 'not_found' }]
  }))
  if (issues.flat().length > 0)
    throw invalid(issues.flat())
}

async function exist(work: Work, type: string, target: string | undefined, ids: string[]): Promise<boolean> {
  switch (type) {
    case 'member': {
      const others = ids.filter(id => id !== work.user.id)
      return others.length === 0 || isWithin(others, await findPeople(work.cordys, undefined, Infinity))
    }
    case 'department':
      return isWithin(ids, await findDepartments(work.cordys, undefined, Infinity))
    case 'record':
      return (await Promise.all(ids.map(id => isReadable(work, target ?? '', id)))).every(Boolean)
    default:
      return true
  }
}

function isWithin(ids: string[], known: { id: string }[]): boolean {
  const there = new Set(known.map(({ id }) => id))
  return ids.every(id => there.has(id))
}

async function isReadable({ cordys }: Work, target: string, id: string): Promise<boolean> {
  const kind = kinds.find(each => each.kind === target)
  const asked = kind
    ? fetchDetail({ cordys, kind }, id)
    : cordys.get(`${otherPaths[target]}/get/:id`, { params: { id }, schema: z.looseObject({}).nullish() }).catch(explainMissing)
  return asked.then(Boolean, (error: unknown) => {
    if (error instanceof AppError && ['not_found', 'forbidden'].includes(error.code))
      return false
    throw error
  })
}
