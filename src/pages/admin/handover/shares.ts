/** `n` in as many equal parts, the first ones larger by one where it does not come out even. */
export function evenly(n: number, parts: number): number[] {
  return Array.from({ length: parts }, (_, index) => Math.floor(n / parts) + (index < n % parts ? 1 : 0))
}

/** Shares of what were `before` records, now that there are `after`: who had all keeps all, and nobody gets what is not there. */
export function fitShares(shares: readonly number[], before: number, after: number): number[] {
  const fitted = [...shares]
  const sum = () => fitted.reduce((all, n) => all + n, 0)
  while (sum() > after)
    fitted[fitted.indexOf(Math.max(...fitted))]!--
  while (sum() < after && after > before && shares.reduce((all, n) => all + n, 0) === before)
    fitted[fitted.indexOf(Math.min(...fitted))]!++
  return fitted
}
