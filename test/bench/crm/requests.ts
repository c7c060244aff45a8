import type { RecordKind } from '#contract/crm/kinds.ts'
import type { FieldDef } from '../../../server/crm/embedded/kinds/index.ts'
import type { Database } from '../../../server/db/index.ts'
import type { TestApp } from '../../support/app.ts'
import type { Client } from '../../support/client.ts'
import type { Size } from './fill.ts'
import { setTimeout } from 'node:timers/promises'
import { mainKinds, recordKinds } from '#contract/crm/kinds.ts'
import { filtersOf, kinds } from '../../../server/crm/embedded/kinds/index.ts'
import { tables } from '../../../server/db/index.ts'
import { fill } from './fill.ts'

/** What is asked for, in the words of the report: rows of one group are shown as the slowest of them. */
export interface Asked {
  group: string
  name: string
  path: string
  /** Asks for the same as another one, of another field: its plan is read, its time is not taken. */
  alike?: boolean
  /** Whose records are within reach. */
  who: string
  /** Asked by each of these in turns. */
  clients: Client[]
}

interface Known {
  customer: { id: string, name: string, phone: string }
  owner: string
}

const json = (given: unknown) => encodeURIComponent(JSON.stringify(given))
const text = encodeURIComponent

/** Words by how many records have them: all, a tenth, few, one, none. */
const words = ['有限公司', '精密机械', '启远', '跟进', '经理1', '没有的字']

/** Somebody of each reach, and many who are just colleagues. */
interface People {
  reaches: Map<string, Client>
  colleagues: Client[]
}

/** The company of the sandbox, and records of many more salespeople, some of whom two members of it lead. */
export async function settle(app: TestApp, size: Size): Promise<{ people: People, filled: number }> {
  const admin = await app.loggedIn('zhangsan')
  await app.sync(admin)
  const bound = await app.database.db.select({ userid: tables.binding.userid, id: tables.binding.accountId }).from(tables.binding).orderBy(tables.binding.userid)
  const accountOf = (userid: string) => bound.find(each => each.userid === userid)!.id!
  const began = performance.now()
  await fill(app.database.db, size, { region: accountOf('wangwu'), team: accountOf('caizihan') })
  const filled = performance.now() - began
  // The embedded database held up the event loop: connections that ran out meanwhile have to be closed before they are used again.
  await setTimeout(1000)
  const reaches = new Map([['everything', admin]])
  for (const [who, userid] of [['a region', 'wangwu'], ['a team', 'caizihan'], ['one\'s own', 'zhaoliu']] as const) reaches.set(who, await app.loggedIn(userid))
  const colleagues: Client[] = []
  for (const { userid } of bound.slice(0, 20)) colleagues.push(await app.loggedIn(userid))
  return { people: { reaches, colleagues }, filled }
}

/** One record by its id, and everything else. */
export async function everyRequest(database: Database, { reaches, colleagues }: People): Promise<{ one: Asked, others: Asked[] }> {
  const known = await somebodysCustomer(database)
  const one = { group: 'one record', name: '', who: 'everything', path: `/api/crm/customers/${known.customer.id}`, clients: [reaches.get('everything')!] }
  const others: Asked[] = []
  for (const [who, client] of reaches) others.push(...(await requestsOf(who, client, known)))
  return { one, others: [...others, ...duplicateChecks(colleagues, known)] }
}

/** Every list in every order, view and filter, every search and the workbench, as one person asks for them. */
async function requestsOf(who: string, client: Client, known: Known): Promise<Asked[]> {
  const found: Asked[] = []
  const ask = (group: string, name: string, path: string, alike = false) => void found.push({ group, name, who, path: `/api/crm/${path}`, clients: [client], alike })
  for (const kind of recordKinds) {
    for (const sort of Object.keys(kinds[kind].sorts)) {
      for (const direction of ['', '-']) {
        ask(`list ${kind}`, `by ${direction}${sort}`, `${kind}?sort=${direction}${sort}`)
        const { body } = await client.get<{ nextCursor: string | null }>(`/api/crm/${kind}?limit=100&sort=${direction}${sort}`)
        if (body.nextCursor !== null)
          ask(`list ${kind}, on`, `by ${direction}${sort} after 100`, `${kind}?sort=${direction}${sort}&cursor=${text(body.nextCursor)}`)
      }
    }
    for (const view of ['mine', 'department', 'shared', 'deleted']) ask(`list ${kind}`, view, `${kind}?view=${view}`)
    const asked = new Set<string>()
    for (const { type, ...filter } of filtersFor(kind, known)) {
      ask(`filter ${kind}`, `${filter.field} ${filter.op}`, `${kind}?filters=${json([filter])}`, asked.has(`${type} ${filter.op}`))
      asked.add(`${type} ${filter.op}`)
    }
    for (const word of words) ask(`search ${kind}`, word, `${kind}?q=${text(word)}`)
  }
  const { name, phone, id } = known.customer
  ask('filter customers', 'level and status', `customers?sort=next&filters=${json([{ field: 'level', op: 'is', value: 'A' }, { field: 'status', op: 'any_of', value: ['won', 'following'] }])}`)
  for (const word of [name, phone.slice(-6), phone, '启', 'ab']) ask('search customers', word.length > 10 ? 'in full' : word, `customers?q=${text(word)}`)
  if (who === 'everything') {
    for (const kind of ['contacts', 'opportunities', 'follow-ups', 'plans']) ask('what a customer has', kind, `${kind}?of=customers&ofId=${id}`)
  }
  for (const status of ['open', 'overdue', 'completed', 'cancelled']) ask('list plans', status, `plans?status=${status}`)
  for (const word of [...words, phone.slice(-6), name]) ask('search everything', word, `search?q=${text(word)}`)
  ask('workbench', 'today', 'today')
  for (const period of ['today', 'week', 'month', 'quarter']) {
    for (const scope of ['mine', 'department']) ask('workbench', `${period}, ${scope}`, `overview?period=${period}&scope=${scope}`)
  }
  ask('choices', 'owners', 'owners')
  ask('choices', 'owner by name', `owners?q=${text('销售1')}`)
  ask('choices', 'customers', `forms/contacts/options/customer?q=${text('启远')}`)
  return found
}

/** Looks for doubles are counted by the minute, so many people take turns. */
function duplicateChecks(clients: Client[], { customer }: Known): Asked[] {
  return [
    ['a name', `name=${text(customer.name)}`],
    ['a part of a name', `name=${text('精密机械有限公司')}`],
    ['a phone', `phone=${customer.phone}`],
    ['name and phone', `name=${text('没有这个公司')}&phone=13912345678`],
  ].flatMap(([name, query]) => mainKinds.map(kind => ({ group: 'duplicate check', name: `${name} of ${kind}`, who: 'the company', path: `/api/crm/duplicates?kind=${kind}&${query}`, clients })))
}

function filtersFor(kind: RecordKind, known: Known) {
  return kinds[kind].fields.flatMap(field => filtersOf(field).map(op => ({ field: field.key, type: field.type, op, value: valueFor(field, op, known) })))
}

function valueFor(field: FieldDef, op: string, known: Known): unknown {
  if (op === 'empty' || op === 'not_empty')
    return undefined
  const one = oneValue(field, known)
  return op === 'any_of' ? [one] : op === 'between' ? [one, field.type === 'datetime' ? new Date().toISOString() : field.type === 'date' ? '2199-01-01' : field.type === 'number' ? 90 : '700000'] : one
}

function oneValue({ key, type, options, target }: FieldDef, { customer, owner }: Known): unknown {
  switch (type) {
    case 'member':
      return owner
    case 'record':
      return target?.kind === 'customers' ? customer.id : '00000000-0000-4000-8000-000000000000'
    case 'number':
      return 30
    case 'amount':
      return '650000'
    case 'date':
      return new Date(Date.now() + 80 * 86_400_000).toISOString().slice(0, 10)
    case 'datetime':
      return new Date(Date.now() - 7 * 86_400_000).toISOString()
    case 'phone':
      return customer.phone
    case 'email':
      return 'nobody@example.com'
    case 'link':
      return 'https://example.com'
    default:
      return options ? (options[key.length % options.length]!.value) : '启远'
  }
}

async function somebodysCustomer({ db }: Database): Promise<Known> {
  const [found] = await db.select({ id: tables.customer.id, name: tables.customer.name, phone: tables.customer.phone, owner: tables.customer.ownerId }).from(tables.customer).orderBy(tables.customer.id).limit(1)
  const { owner, ...customer } = found!
  return { customer, owner }
}
