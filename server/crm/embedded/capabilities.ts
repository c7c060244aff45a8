import type { Capabilities } from '#contract/crm/capabilities.ts'
import type { Actor } from '../gateway.ts'
import type { EmbeddedParts } from './parts.ts'
import { recordKinds } from '#contract/crm/kinds.ts'
import { abilitiesOf } from './access/rights.ts'

/** What this CRM can do, for this person. */
export async function capabilities(parts: EmbeddedParts, actor: Actor, importRows: number): Promise<Capabilities> {
  const abilities = await abilitiesOf(parts, actor)
  const wide = (await parts.directory.visibleOwners(actor)).kind !== 'own'
  return {
    crm: 'embedded',
    loginRequired: false,
    kinds: recordKinds.map((kind) => {
      const activity = kind === 'follow-ups' || kind === 'plans'
      const inFiles = kind === 'leads' || kind === 'customers' || kind === 'contacts'
      return {
        kind,
        create: true,
        views: ['all', 'mine', ...(wide ? (['department'] as const) : []), 'shared', ...(abilities.delete ? (['deleted'] as const) : [])],
        batchTransfer: !activity && abilities.transfer,
        batchDelete: !activity && abilities.delete,
        import: inFiles && abilities.import,
        export: inFiles && abilities.export,
        collaborators: !activity,
        ownerHistory: !activity,
        comments: activity,
      }
    }),
    convertLeads: true,
    stages: true,
    duplicateCheck: true,
    search: true,
    overview: true,
    pictures: true,
    revisions: true,
    restore: true,
    exactTotals: false,
    importRows,
    sampleData: actor.role === 'admin',
  }
}
