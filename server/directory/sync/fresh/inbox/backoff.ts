/** Pauses after an attempt that failed, in milliseconds: over about half an hour, then it is given up. */
const pauses = [5_000, 15_000, 45_000, 120_000, 300_000, 600_000, 900_000]

/** No event waits longer than this for its next attempt. */
export const longestPauseMs = Math.max(...pauses)

/** How long an event waits after its nth attempt (1 = first) failed; undefined when it is not tried again. */
export function pauseAfter(attempts: number): number | undefined {
  return pauses[attempts - 1]
}
