/** First of a queue: 0 = best rank, and since when it waits. */
export interface Head {
  rank: number
  enqueuedAt: number
}

/** After this many turns that passed over someone of lower rank, the longest waiting of those goes first. */
const patience = 10

/** Decides whose turn it is among several queues: by rank, but nobody waits for ever. */
export class FairOrder {
  #passedOver = 0

  pick<T extends Head>(heads: readonly T[]): T | undefined {
    const first = earliest(heads, (a, b) => a.rank - b.rank || a.enqueuedAt - b.enqueuedAt)
    if (!first || this.#passedOver < patience)
      return first
    return (
      earliest(
        heads.filter(head => head.rank > first.rank),
        (a, b) => a.enqueuedAt - b.enqueuedAt,
      ) ?? first
    )
  }

  /** Tells that `picked` of these heads has gone. */
  taken(picked: Head, heads: readonly Head[]): void {
    const wasOverdue = heads.some(head => head.rank < picked.rank)
    const passesOver = heads.some(head => head.rank > picked.rank)
    this.#passedOver = passesOver && !wasOverdue ? this.#passedOver + 1 : 0
  }
}

function earliest<T>(items: readonly T[], compare: (a: T, b: T) => number): T | undefined {
  return items.reduce<T | undefined>((best, item) => (best === undefined || compare(item, best) < 0 ? item : best), undefined)
}
