import type { AccountRef } from '#contract/common.ts'
import type { Capabilities, Customer, CustomerRow, legacyCrmRoutes, Overview } from '#contract/crm/legacy.ts'
import type { RouteParsed } from '#contract/route.ts'

/** In whose name something is read or changed; a gateway applies this person's rights, never more. */
export interface Actor {
  id: string
  name: string
  role: 'admin' | 'member'
}

type Routes = typeof legacyCrmRoutes

export type CustomersQuery = RouteParsed<Routes['GET /api/crm/legacy/customers']>['query']
export type CustomerDraft = RouteParsed<Routes['POST /api/crm/legacy/customers']>['body']
export type CustomerPatch = RouteParsed<Routes['PATCH /api/crm/legacy/customers/:id']>['body']

export interface CustomerPage {
  items: CustomerRow[]
  nextCursor: string | null
  total: number
}

/**
 * The port to a CRM. A record outside the actor's rights does not exist for them: `not_found`, never `forbidden`.
 * All functions may throw AppError with the codes their routes declare.
 */
export interface CrmGateway {
  /** What this CRM can do, for this person; the H5 offers nothing else. */
  capabilities: (actor: Actor) => Promise<Capabilities>
  overview: (actor: Actor) => Promise<Overview>
  /** Accounts the actor may name as owner, by name. */
  owners: (actor: Actor, query: { q?: string | undefined }) => Promise<AccountRef[]>
  customers: {
    list: (actor: Actor, query: CustomersQuery) => Promise<CustomerPage>
    get: (actor: Actor, id: string) => Promise<Customer>
    create: (actor: Actor, draft: CustomerDraft) => Promise<Customer>
    patch: (actor: Actor, id: string, patch: CustomerPatch) => Promise<Customer>
  }
  /** Fills an empty CRM for a look around; returns the number of customers. Absent where that is not offered. */
  fillSampleData?: (actor: Actor) => Promise<number>
}
