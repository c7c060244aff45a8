import type { Seller } from '../../../directory/index.ts'
import type { Random } from './random.ts'
import { brandFirst, brandSecond, forms } from './words.ts'

const fewest = 24
const most = 3000

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
