import type { LocationQueryRaw } from 'vue-router'
import type { MainKind } from '#contract/crm/kinds.ts'
import type { Overview } from '#contract/crm/overview.ts'

/** What the overview counts, in the order in which it is shown. */
export const figureKeys = ['wonAmount', 'wonCount', 'newOpportunities', 'newOpportunityAmount', 'newLeads', 'newCustomers', 'followUps'] as const

interface Link { name: MainKind | 'follow-ups', query: LocationQueryRaw }

/**
 * Where what a figure counts is listed, as close as a list's filters come to it: whose they are always; when, of
 * follow-ups, whose moment is a field. Lists know no field for when a record was made or won, so the newest come first.
 */
export function overviewLinks({ scope, from }: Pick<Overview, 'scope' | 'from'>): Record<(typeof figureKeys)[number], Link> {
  const whose = scope === 'mine' ? { view: 'mine' } : {}
  const newest = (name: MainKind): Link => ({ name, query: { ...whose, sort: '-created' } })
  const won: Link = { name: 'opportunities', query: { ...whose, filters: JSON.stringify([{ field: 'stage', op: 'any_of', value: ['won'] }]) } }
  return {
    wonAmount: won,
    wonCount: won,
    newOpportunities: newest('opportunities'),
    newOpportunityAmount: newest('opportunities'),
    newLeads: newest('leads'),
    newCustomers: newest('customers'),
    followUps: { name: 'follow-ups', query: { ...whose, filters: JSON.stringify([{ field: 'at', op: 'at_least', value: from }]) } },
  }
}
