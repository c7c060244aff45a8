import type { Capabilities } from '#contract/crm/capabilities.ts'
import type { Kind } from './kinds/index.ts'
import type { Caller } from './session/sessions.ts'
import { z } from 'zod'
import { kinds } from './kinds/index.ts'
import { may } from './session/user.ts'

const tab = z.looseObject({ all: z.boolean().nullish(), dept: z.boolean().nullish() })
const modules = z.array(z.looseObject({ moduleKey: z.string().nullish(), enable: z.boolean().nullish() }))

const common = {
  crm: 'cordys',
  convertLeads: false,
  stages: false,
  search: true,
  overview: false,
  pictures: false,
  revisions: true,
  restore: false,
  exactTotals: true,
  importRows: 0,
  sampleData: false,
} as const

/** Before the person has connected nothing is known, and nothing offered. */
export const beforeLogin: Capabilities = { ...common, loginRequired: true, kinds: [], search: false, duplicateCheck: false }

/** What this Cordys, with its modules and this person's permissions, can do through us. */
export async function readCapabilities(cordys: Caller, isOff: (error: unknown) => undefined): Promise<Capabilities> {
  const enabled = await cordys.read('/module/list', { body: { organizationId: cordys.organizationId }, schema: modules }).catch(isOff)
  const hasCustomers = enabled?.find(({ moduleKey }) => moduleKey === 'customer')?.enable !== false
  const readable = hasCustomers ? kinds.filter(({ permissions }) => may(cordys.user, ...(permissions.READ ?? []))) : []
  return {
    ...common,
    loginRequired: false,
    duplicateCheck: readable.some(({ kind }) => kind === 'customers'),
    kinds: await Promise.all(readable.map(kind => readKind(cordys, kind, isOff))),
  }
}

async function readKind(cordys: Caller, { kind, path, permissions, views }: Kind, isOff: (error: unknown) => undefined): Promise<Capabilities['kinds'][number]> {
  // The tab 部门 is hidden from people whose scope is narrower (cordys-api §1.7). 全部 stays where Cordys hides it, too:
  // it is what lists begin with here, and within the person's scope it is answered to everybody.
  const tabs = await cordys.get(`${path}/tab`, { schema: tab }).catch(isOff)
  const shown = { all: true, mine: true, department: tabs?.dept !== false, shared: true, deleted: false }
  const has = (action: 'ADD' | 'DELETE' | 'TRANSFER') => permissions[action] !== undefined && may(cordys.user, ...permissions[action])
  return {
    kind,
    create: has('ADD'),
    views: (['all', 'mine', 'department', 'shared'] as const).filter(view => views[view] !== undefined && shown[view]),
    batchTransfer: has('TRANSFER'),
    batchDelete: kind !== 'follow-ups' && has('DELETE'),
    import: false,
    export: false,
    collaborators: false,
    ownerHistory: kind === 'customers',
    comments: false,
  }
}
