import type { LocationQueryRaw } from 'vue-router'
import type { MainKind } from '#contract/crm/kinds.ts'
import type { Overview } from '#contract/crm/overview.ts'
import type { RecordFilter } from '#contract/crm/records.ts'

/** What the overview counts, in the order in which it is shown. */
export const figureKeys = ['wonAmount', 'wonCount', 'newOpportunities', 'newOpportunityAmount', 'newLeads', 'newCustomers', 'followUps'] as const

interface Link { name: MainKind | 'follow-ups', query: LocationQueryRaw }

/** Where exactly the records that a figure counts are listed: whose, and from when until when. */
export function overviewLinks({ scope, from, until }: Pick<Overview, 'scope' | 'from' | 'until'>): Record<(typeof figureKeys)[number], Link> {
  const list = (name: Link['name'], field: string, query: LocationQueryRaw = {}, more: RecordFilter[] = []): Link => {
    const filters: RecordFilter[] = [{ field, op: 'between', value: [from, until] }, ...more]
    return { name, query: { view: scope === 'mine' ? 'mine' : 'reach', filters: JSON.stringify(filters), ...query } }
  }
  const made = (name: MainKind) => list(name, 'createdAt', { sort: '-created' })
  const won = list('opportunities', 'closedAt', {}, [{ field: 'stage', op: 'any_of', value: ['won'] }])
  return {
    wonAmount: won,
    wonCount: won,
    newOpportunities: made('opportunities'),
    newOpportunityAmount: made('opportunities'),
    newLeads: made('leads'),
    newCustomers: made('customers'),
    followUps: list('follow-ups', 'at'),
  }
}
