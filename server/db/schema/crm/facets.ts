import { sql } from 'drizzle-orm'
import { text } from 'drizzle-orm/pg-core'

interface Facets {
  /** Columns of one option each. */
  options: readonly string[]
  /** Columns of free text, found by the tokens of what they hold. */
  texts: readonly string[]
  /** Columns the searched text is made of: its own tokens find them. */
  searched: readonly string[]
}

const byTable: Record<string, Facets> = {
  customer: { options: ['status', 'level', 'type', 'source', 'industry'], texts: ['website', 'location', 'remark'], searched: ['name', 'phone'] },
  contact: { options: [], texts: ['title', 'department', 'wechat', 'remark'], searched: ['name', 'phone', 'email'] },
  lead: { options: ['stage', 'intent', 'source', 'industry'], texts: ['email', 'product', 'demand', 'location', 'remark'], searched: ['name', 'contact_name', 'phone'] },
  opportunity: { options: ['stage', 'source', 'lost_reason'], texts: ['product', 'remark'], searched: ['name'] },
  follow_up: { options: ['method'], texts: ['place'], searched: ['content'] },
  follow_up_plan: { options: ['method', 'status'], texts: [], searched: ['content'] },
}

const none: Facets = { options: [], texts: [], searched: [] }

/** What the facets of a table's rows tell. */
export const facetsOf = (table: string): Facets => byTable[table] ?? none

const places = new Set(['location', 'place'])
/** Places that are chosen from the list of regions besides. */
const withRegions = new Set(['location'])

/**
 * What filters ask of a row, kept by the database as texts of which one index knows the rows: `level=A` and `level+`
 * (there is one), `type=` (there is none), `remark~报价` (a token of it), `remark~…` (it goes on where its tokens end),
 * `location@3301` (it lies in that province, city or district).
 */
export function facetsColumn(table: string) {
  const { options, texts, searched } = facetsOf(table)
  // A place without an address is there all the same.
  const held = (name: string) => (places.has(name) ? `CASE WHEN "${name}" IS NOT NULL THEN coalesce("${name}" ->> 'detail', '') || ' ' END` : `"${name}"`)
  const made = (how: string) => (name: string) => `crm_${how}('${name}', ${held(name)})`
  return text('facets').array().generatedAlwaysAs(sql.raw([...options.map(made('option_facets')), ...texts.map(made('text_facets')), ...searched.map(made('presence_facets')), ...texts.filter(name => withRegions.has(name)).map(name => `crm_region_facets('${name}', "${name}" ->> 'code')`)].join(' || ')))
}
