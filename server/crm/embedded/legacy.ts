import type { Db } from '../../db/index.ts'
import type { Directory } from '../../directory/index.ts'
import type { CrmGateway } from '../legacy/gateway.ts'
import { createCustomer, patchCustomer } from './customers/edit.ts'
import { listCustomers } from './customers/list.ts'
import { getCustomer } from './customers/one.ts'
import { overview } from './overview/index.ts'
import { fillSampleData } from './sample-data/index.ts'

const ownersListed = 50

/** The first version's CRM, for the screens that are not rewritten yet. */
export function createLegacyCrm({ now = () => new Date(), ...rest }: { db: Db, directory: Directory, now?: () => Date }): CrmGateway {
  const parts: import('./parts.ts').EmbeddedParts = { ...rest, now, publish: async () => {} }
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
