/** How a number moved against the period before. */
export type Change = { kind: 'more' | 'less', by: string } | { kind: 'same' }

/**
 * Small counts in numbers, everything else in per cent; null when there is nothing to compare with.
 * Rounding exact decimals to a percentage is what a number is good enough for.
 */
export function changeOf(value: string, before: string | null): Change | null {
  if (before === null)
    return null
  const [now, then] = [Number(value), Number(before)]
  if (!Number.isFinite(now) || !Number.isFinite(then))
    return null
  const difference = now - then
  if (difference === 0)
    return { kind: 'same' }
  const kind = difference > 0 ? 'more' : 'less'
  if (Number.isInteger(now) && Number.isInteger(then) && Math.abs(difference) < 100)
    return { kind, by: String(Math.abs(difference)) }
  if (then === 0)
    return null
  const percent = Math.abs(difference / then) * 100
  return { kind, by: `${percent >= 10 ? Math.round(percent) : Math.round(percent * 10) / 10}%` }
}
