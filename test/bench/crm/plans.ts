import type { Database } from '../../../server/db/index.ts'

/** What both drivers' clients have, as far as it is used here. */
interface SqlClient {
  query: (statement: string | { text: string }, parameters?: unknown[], options?: unknown) => Promise<{ rows: unknown[] }>
}

interface PlanNode {
  'Node Type': string
  'Relation Name'?: string
  'Total Cost': number
  'Plans'?: PlanNode[]
}

/** A limit that is expected to be reached within so much of what is below it does not read that to its end. */
const partly = 0.25

/** Fewer rows fit a few pages, which no index makes quicker to read: departments, roles, accounts. */
const largeFrom = 1000

export interface Scan {
  during: string
  table: string
  statement: string
  /** Reading ends early, with enough rows found. */
  early: boolean
}

interface Request {
  during: string
  request: () => Promise<unknown>
}

/**
 * The plans of the statements that some requests make, as the database makes them for the values these have: how many
 * there were, and which of them read a table of 1,000 rows and more from end to end.
 */
export async function readPlans({ db }: Database, requests: Request[]): Promise<{ statements: number, scans: Scan[] }> {
  const client = (db as unknown as { $client: SqlClient }).$client
  const made = await statementsOf(client, requests)
  const { rows } = await client.query(`select relname as name from pg_class where relkind = 'r' and reltuples >= ${largeFrom}`)
  const large = new Set((rows as Array<{ name: string }>).map(({ name }) => name))
  const scans: Scan[] = []
  for (const { during, statement, parameters } of made) {
    const { rows } = await client.query(`explain (format json) ${statement}`, parameters)
    const [{ Plan: plan }] = (rows as Array<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>)[0]!['QUERY PLAN']
    for (const { table, early } of scanned(plan)) {
      if (large.has(table))
        scans.push({ during, table, statement, early })
    }
  }
  return { statements: made.length, scans }
}

interface Made {
  during: string
  statement: string
  parameters: unknown[]
}

async function statementsOf(client: SqlClient, requests: Request[]): Promise<Made[]> {
  const made: Made[] = []
  const query = client.query
  try {
    for (const { during, request } of requests) {
      client.query = (given, parameters = [], ...more) => {
        const statement = typeof given === 'string' ? given : given.text
        if (/^\s*(?:select|with|insert|update|delete)\b/i.test(statement))
          made.push({ during, statement, parameters })
        return query.call(client, given, parameters, ...more)
      }
      await request()
    }
  }
  finally {
    client.query = query
  }
  return made
}

function scanned(node: PlanNode, early = false): Array<{ table: string, early: boolean }> {
  const table = node['Node Type'] === 'Seq Scan' ? node['Relation Name'] : undefined
  const below = (child: PlanNode) => node['Node Type'] === 'Limit' && node['Total Cost'] < partly * child['Total Cost']
  return [...(table === undefined ? [] : [{ table, early }]), ...(node.Plans ?? []).flatMap(child => scanned(child, below(child)))]
}
