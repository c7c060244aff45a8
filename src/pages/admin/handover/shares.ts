/** `n` in as many equal parts, the first ones larger by one where it does not come out even. */
export function evenly(n: number, parts: number): number[] {
  return Array.from({ length: parts }, (_, index) => Math.floor(n / parts) + (index < n % parts ? 1 : 0))
}

/** Shares of what were `before` records, now that there are `after`: who had all keeps all, and nobody gets what is not there. */
export function fitShares(shares: readonly number[], before: number, after: number): number[] {
  const fitted = [...shares]
  const sum = shares.reduce((all, n) => all + n, 0)
  for (let over = sum - after; over > 0; over--)
    fitted[fitted.indexOf(Math.max(...fitted))]!--
  for (let missing = sum === before ? after - sum : 0; missing > 0; missing--)
    fitted[fitted.indexOf(Math.min(...fitted))]!++
  return fitted
}
