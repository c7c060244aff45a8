import type { Work } from './parts.ts'
import { z } from 'zod'
import { AppError } from '../../http/app-error.ts'
import { explain, explainMissing } from './explain.ts'
import { keyOf } from './forms/config.ts'
import { targetOf, typeOf } from './forms/types.ts'
import { findDepartments, findPeople, fits } from './people.ts'
import { rawList, textOf } from './records/raw.ts'

export interface Choice { id: string, name: string, hint: string | null, avatar: string | null }

interface Asked { field: string, q?: string | undefined, within?: string | undefined, limit: number }

const source = z.looseObject({ list: z.array(z.looseObject({ id: z.string(), name: z.string().nullish(), phone: z.string().nullish(), customerName: z.string().nullish() })).nullish() })
const sourcePaths = { customers: 'account', contacts: 'contact', opportunities: 'opportunity', leads: 'lead' } as const

/** What can be chosen in a field (cordys-api §6.7). */
export async function findChoices({ cordys, config }: Work, { field: key, q, within, limit }: Asked): Promise<Choice[]> {
  const field = config.fields.find(each => keyOf(each) === key)
  switch (field && typeOf(field)) {
    case 'member':
      return (await findPeople(cordys, q, limit)).map(person => ({ ...person, hint: null }))
    case 'department':
      return findDepartments(cordys, q, limit)
    case 'record': {
      const target = targetOf(field!)
      if (target === 'contacts' && within)
        return contactsOf(cordys, within, q, limit)
      const { list } = await cordys.read(`/field/source/${sourcePaths[target as keyof typeof sourcePaths]}`, {
        body: { current: 1, pageSize: limit, viewId: 'ALL', ...(q && { keyword: q }) },
        schema: source,
      }).catch(explain)
      return (list ?? []).map(({ id, name, phone, customerName }) => ({ id, name: name ?? '', hint: customerName ?? phone ?? null, avatar: null }))
    }
    default:
      throw new AppError('not_found')
  }
}

async function contactsOf(cordys: Work['cordys'], customerId: string, q: string | undefined, limit: number): Promise<Choice[]> {
  const { list } = await cordys.get('/account/contact/list/:id', { params: { id: customerId }, schema: rawList }).catch(explainMissing)
  return list
    .filter(contact => fits(contact.name ?? '', q))
    .slice(0, limit)
    .map(contact => ({ id: contact.id, name: contact.name ?? '', hint: textOf(contact, 'phone'), avatar: null }))
}
