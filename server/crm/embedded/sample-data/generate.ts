import type { tables } from '../../../db/index.ts'
import type { Seller } from '../../../directory/index.ts'
import type { Random } from './random.ts'
import { createRandom } from './random.ts'
import { between, creationTime, nextStepTime, winTime } from './times.ts'
import { brandFirst, brandSecond, forms, industries, levels, openSteps, phoneBlocks, places, remarks, sources, statuses, wonSteps } from './words.ts'

type Insert = typeof tables.customer.$inferInsert
export type SampleCustomer = Required<
  Pick<Insert, 'name' | 'status' | 'level' | 'source' | 'industry' | 'phone' | 'region' | 'address' | 'nextStep' | 'nextStepAt' | 'remark' | 'wonAt' | 'ownerId' | 'createdById' | 'createdAt' | 'updatedAt'>
>

const seed = 20_260_601
const fewest = 24
const most = 3000

/**
 * Sample customers for these sellers: each gets some, by weight, and the company at least two dozen. The same
 * sellers and moment always give the same customers.
 */
export function generateCustomers(sellers: Seller[], now: Date): SampleCustomer[] {
  const random = createRandom(seed)
  const taken = new Set<string>()
  return portions(sellers).flatMap(({ id, share }) => Array.from({ length: share }, () => sampleCustomer(random, id, now, taken)))
}

/** How many customers each seller gets, by weight; the company at least two dozen and never thousands. */
export function portions(sellers: Seller[]): Array<{ id: string, share: number }> {
  const weight = sellers.reduce((sum, seller) => sum + seller.weight, 0)
  const factor = Math.min(Math.max(1, fewest / weight), most / weight)
  let given = 0
  let owed = 0
  return sellers.map(({ id, weight }) => {
    owed += weight * factor
    const share = Math.ceil(owed) - given
    given += share
    return { id, share }
  })
}

function sampleCustomer(random: Random, ownerId: string, now: Date, taken: Set<string>): SampleCustomer {
  const place = random.pick(places)
  const { industry, trades } = random.pick(industries)
  const status = random.pick(statuses)
  const createdAt = creationTime(random, now)
  const wonAt = status === 'won' ? winTime(random, now, createdAt) : null
  const nextStepAt = status === 'lost' ? null : nextStepTime(random, now)
  return {
    name: companyName(random, place.city, trades, taken),
    status,
    level: random.pick(levels),
    source: random.pick(sources),
    industry,
    phone: random.chance(0.92) ? `${random.pick(phoneBlocks)}${String(random.int(0, 9999)).padStart(4, '0')}` : '',
    region: place.region,
    address: random.chance(0.7) ? `${place.region}${random.pick(place.roads)}${random.int(1, 999)}号` : '',
    nextStep: nextStepAt === null ? '' : random.pick(status === 'won' ? wonSteps : openSteps),
    nextStepAt,
    remark: random.chance(0.4) ? random.pick(remarks) : '',
    wonAt,
    ownerId,
    createdById: ownerId,
    createdAt,
    updatedAt: between(random, wonAt ?? createdAt, now),
  }
}

/** A company's name that was not made before. */
export function companyName(random: Random, city: string, trades: readonly [string, ...string[]], taken: Set<string>): string {
  for (;;) {
    const name = `${city}${random.pick(brandFirst)}${random.pick(brandSecond)}${random.pick(trades)}${random.pick(forms)}`
    if (!taken.has(name)) {
      taken.add(name)
      return name
    }
  }
}
