import type { Work } from './parts.ts'
import { z } from 'zod'
import { AppError } from '../../http/app-error.ts'
import { CordysError } from './errors.ts'
import { explain, explainMissing } from './explain.ts'
import { keyOf } from './forms/config.ts'
import { targetOf, typeOf } from './forms/types.ts'
import { findDepartments, findPeople, fits } from './people.ts'
import { rawList, textOf } from './records/raw.ts'

export interface Choice { id: string, name: string, hint: string | null, avatar: string | null }

interface Asked { field: string, q?: string | undefined, within?: string | undefined, limit: number }

const source = z.looseObject({ list: z.array(z.looseObject({ id: z.string(), name: z.string().nullish(), phone: z.string().nullish(), customerName: z.string().nullish() })).nullish() })
const sourcePaths = { customers: 'account', contacts: 'contact', opportunities: 'opportunity', leads: 'lead' } as const

/** How the form's maker narrowed a picker (cordys-api §6.6). */
const isSearch = (given: unknown) => z.looseObject({ conditions: z.array(z.looseObject({ name: z.string() })).min(1) }).safeParse(given).success

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
      return fromSource(cordys, target as keyof typeof sourcePaths, { q, limit, search: field!.combineSearch })
    }
    default:
      throw new AppError('not_found')
  }
}

async function fromSource(cordys: Work['cordys'], target: keyof typeof sourcePaths, { q, limit, search }: { q: string | undefined, limit: number, search: unknown }): Promise<Choice[]> {
  const { list } = await cordys.read(`/field/source/${sourcePaths[target]}`, {
    body: { current: 1, pageSize: limit, viewId: 'ALL', ...(q && { keyword: q }), ...(isSearch(search) && { combineSearch: search }) },
    schema: source,
  }).catch(explain)
  return (list ?? []).map(({ id, name, phone, customerName }) => ({ id, name: name ?? '', hint: customerName ?? phone ?? null, avatar: null }))
}

/** A customer's contacts; who only collaborates on it gets those of them that Cordys's picker has. */
async function contactsOf(cordys: Work['cordys'], customerId: string, q: string | undefined, limit: number): Promise<Choice[]> {
  const found = await cordys.get('/account/contact/list/:id', { params: { id: customerId }, schema: rawList }).catch((error: unknown) => {
    if (error instanceof CordysError && error.failure === 'denied')
      return undefined
    return explainMissing(error)
  })
  if (!found) {
    const ofCustomer = { name: 'customerId', operator: 'IN', value: [customerId], multipleValue: false, type: 'DATA_SOURCE' }
    return fromSource(cordys, 'contacts', { q, limit, search: { searchMode: 'AND', conditions: [ofCustomer] } })
  }
  return found.list
    .filter(contact => fits(contact.name ?? '', q))
    .slice(0, limit)
    .map(contact => ({ id: contact.id, name: contact.name ?? '', hint: textOf(contact, 'phone'), avatar: null }))
}
