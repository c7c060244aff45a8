/** China has one time zone and no summer time since 1991. */
const shanghaiMs = 8 * 3_600_000

export const dayMs = 24 * 3_600_000

/** The first moment of the month `months` away from the one `at` lies in, as Shanghai's calendar counts. */
export function monthStart(at: Date, months = 0): Date {
  const local = new Date(at.getTime() + shanghaiMs)
  return new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + months) - shanghaiMs)
}

/** The first moment of the day `days` away from the one `at` lies in, as Shanghai's calendar counts. */
export function dayStart(at: Date, days = 0): Date {
  const local = new Date(at.getTime() + shanghaiMs)
  return new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate() + days) - shanghaiMs)
}
