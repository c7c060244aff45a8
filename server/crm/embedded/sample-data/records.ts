import type { Seller } from '../../../directory/index.ts'
import type { Random } from './random.ts'
import { dayMs } from '../calendar.ts'
import { dayIn } from '../days.ts'
import { stageOf } from '../kinds/stages.ts'
import { companyName, portions } from './generate.ts'
import * as people from './people-words.ts'
import { createRandom } from './random.ts'
import { between, creationTime, nextStepTime, winTime } from './times.ts'
import { industries, levels, phoneBlocks, places, remarks, sources, statuses } from './words.ts'

/** Rows to insert, by table; keys are properties of the tables. */
export interface SampleRecords {
  customers: object[]
  contacts: object[]
  leads: object[]
  opportunities: object[]
  followUps: object[]
  plans: object[]
  comments: object[]
}

interface Making {
  random: Random
  now: Date
  taken: Set<string>
  out: SampleRecords
}

const seed = 20_260_601

/**
 * A year of a sales team's work: customers with contacts, opportunities, follow-ups and plans, and leads, for these
 * sellers by weight. The same sellers and moment always give the same records.
 */
export function generateRecords(sellers: Seller[], now: Date): SampleRecords {
  const making: Making = {
    random: createRandom(seed),
    now,
    taken: new Set(),
    out: { customers: [], contacts: [], leads: [], opportunities: [], followUps: [], plans: [], comments: [] },
  }
  for (const { id, share } of portions(sellers)) {
    for (let i = 0; i < share; i++) {
      makeCustomer(making, id)
      if (making.random.chance(0.4))
        makeLead(making, id)
    }
  }
  return making.out
}

function uuid({ next }: Random): string {
  const hex = (digits: number) => Math.floor(next() * 16 ** digits).toString(16).padStart(digits, '0')
  return `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(6)}${hex(6)}`
}

function owned(random: Random, ownerId: string, createdAt: Date, updatedAt: Date) {
  return { id: uuid(random), ownerId, createdById: ownerId, ownedSince: createdAt, createdAt, updatedAt }
}

function mobile(random: Random): string {
  return `${random.pick(phoneBlocks)}${String(random.int(0, 9999)).padStart(4, '0')}`
}

function address(random: Random, place: (typeof places)[number]) {
  return { code: place.code, detail: random.chance(0.8) ? `${random.pick(place.roads)}${random.int(1, 999)}号` : '' }
}

const person = (random: Random): string => `${random.pick(people.surnames)}${random.pick(people.givenNames)}`

function makeCustomer(making: Making, ownerId: string): void {
  const { random, now, out } = making
  const place = random.pick(places)
  const { code, trades } = random.pick(industries)
  const status = random.pick(statuses)
  const createdAt = creationTime(random, now)
  const customer = {
    ...owned(random, ownerId, createdAt, between(random, createdAt, now)),
    name: companyName(random, place.city, trades, making.taken),
    status,
    level: random.pick(levels),
    type: random.pick(['end_user', 'end_user', 'end_user', 'channel', 'integrator'] as const),
    source: random.pick(sources),
    industry: code,
    phone: random.chance(0.6) ? `0${random.int(21, 29)}-${random.int(60, 89)}000${random.int(100, 999)}` : '',
    location: address(random, place),
    remark: random.chance(0.4) ? random.pick(remarks) : '',
  }
  out.customers.push(customer)
  const contacts = Array.from({ length: random.int(1, 3) }, () => makeContact(making, customer))
  const deals = Array.from({ length: status === 'potential' ? random.int(0, 1) : random.int(1, 2) }, (_, i) => makeDeal(making, customer, contacts[0]!, i))
  makeActivities(making, { customerId: customer.id, opportunityId: deals[0] ?? null, contactId: contacts[0]! }, customer, status !== 'lost')
}

interface Parent {
  id: string
  ownerId: string
  createdAt: Date
  name: string
  status?: string
}

function makeContact({ random, now, out }: Making, { id, ownerId, createdAt }: Parent): string {
  const at = random.int(0, people.titles.length - 1)
  const contact = {
    ...owned(random, ownerId, createdAt, between(random, createdAt, now)),
    customerId: id,
    name: person(random),
    title: people.titles[at],
    role: people.roles[at],
    phone: random.chance(0.92) ? mobile(random) : '',
    email: random.chance(0.4) ? `contact${random.int(1000, 9999)}@example.com` : '',
  }
  out.contacts.push(contact)
  return contact.id
}

function makeDeal({ random, now, out }: Making, { id, ownerId, createdAt: since, name, status }: Parent, contactId: string, at: number): string {
  const createdAt = between(random, since, now)
  const outcome = at === 0 && status === 'won' ? 'won' : at === 0 && status === 'lost' ? 'lost' : random.chance(0.1) ? 'lost' : undefined
  const stage = outcome ?? random.pick(people.openStages)
  const closedAt = outcome === 'won' ? winTime(random, now, createdAt) : outcome ? between(random, createdAt, now) : null
  const deal = {
    ...owned(random, ownerId, createdAt, closedAt ?? between(random, createdAt, now)),
    name: `${name.replace(/(?:股份|集团)?有限公司$/, '')}${random.pick(people.dealNames)}`,
    customerId: id,
    contactId,
    amount: `${random.pick([8000, 12_000, 25_000, 38_000, 60_000, 98_000, 150_000, 280_000, 560_000] as const) + random.int(0, 40) * 100}.00`,
    stage,
    probability: stageOf(stage)!.probability,
    expectedCloseOn: dayIn(closedAt ?? new Date(now.getTime() + random.int(-10, 90) * dayMs)),
    source: random.pick(sources),
    product: random.pick(people.products),
    stageSince: closedAt ?? between(random, createdAt, now),
    closedAt,
    lostReason: outcome === 'lost' ? random.pick(people.lostReasons) : '',
  }
  out.opportunities.push(deal)
  return deal.id
}

type Targets = Partial<Record<'leadId' | 'customerId' | 'opportunityId' | 'contactId', string | null>>

function makeActivities({ random, now, out }: Making, targets: Targets, { ownerId, createdAt: since }: Parent, open: boolean): void {
  for (let i = random.int(0, 4); i > 0; i--) {
    const at = between(random, since, now)
    const record = { ...owned(random, ownerId, at, at), ...targets, method: random.pick(people.methods), at, content: random.pick(people.talks) }
    out.followUps.push(record)
    if (random.chance(0.15))
      out.comments.push({ id: uuid(random), kind: 'follow-ups', recordId: record.id, authorId: ownerId, content: random.pick(people.comments), createdAt: at, updatedAt: at })
  }
  const dueAt = open ? nextStepTime(random, now) : null
  if (dueAt) {
    const at = between(random, since, now)
    out.plans.push({ ...owned(random, ownerId, at, at), ...targets, method: random.pick(people.methods), dueAt, content: random.pick(people.todos) })
  }
}

function makeLead(making: Making, ownerId: string): void {
  const { random, now, out } = making
  const place = random.pick(places)
  const { code, trades } = random.pick(industries)
  const stage = random.pick(people.leadStages)
  const createdAt = creationTime(random, now)
  const lead = {
    ...owned(random, ownerId, createdAt, between(random, createdAt, now)),
    name: companyName(random, place.city, trades, making.taken),
    stage,
    intent: stage === 'interested' ? 'strong' : random.chance(0.5) ? 'first' : '',
    source: random.pick(sources),
    contactName: `${person(random)}`,
    phone: mobile(random),
    product: random.pick(people.products),
    demand: random.chance(0.5) ? random.pick(people.demands) : '',
    industry: code,
    location: address(random, place),
  }
  out.leads.push(lead)
  if (stage !== 'new')
    makeActivities(making, { leadId: lead.id }, lead, stage !== 'failed')
}
