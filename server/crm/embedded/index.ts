import type { CrmGateway } from '../legacy/gateway.ts'
import type { EmbeddedParts } from './parts.ts'
import { createCustomer, patchCustomer } from './customers/edit.ts'
import { listCustomers } from './customers/list.ts'
import { getCustomer } from './customers/one.ts'
import { overview } from './overview/index.ts'
import { fillSampleData } from './sample-data/index.ts'

const ownersListed = 50

/** The CRM inside this project, for companies without a Cordys CRM server. */
export function createEmbeddedCrm({ now = () => new Date(), ...rest }: Omit<EmbeddedParts, 'now'> & { now?: () => Date }): CrmGateway {
  const parts: EmbeddedParts = { ...rest, now }
  const { directory } = parts
  return {
    capabilities: async actor => ({
      customers: { create: true, edit: true, assignOwner: (await directory.visibleOwners(actor)).kind !== 'own' },
      revisions: true,
      exactTotals: true,
      sampleData: actor.role === 'admin',
    }),
    overview: actor => overview(parts, actor),
    owners: async (actor, { q }) => directory.ownersWithin(await directory.visibleOwners(actor), { q, limit: ownersListed }),
    customers: {
      list: (actor, query) => listCustomers(parts, actor, query),
      get: (actor, id) => getCustomer(parts, actor, id),
      create: (actor, draft) => createCustomer(parts, actor, draft),
      patch: (actor, id, patch) => patchCustomer(parts, actor, id, patch),
    },
    fillSampleData: actor => fillSampleData(parts, actor),
  }
}
