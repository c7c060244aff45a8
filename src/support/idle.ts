/** Runs `work` after the first screen has had the network and the processor to itself. */
export function whenIdle(work: () => void): void {
  if (typeof requestIdleCallback === 'function')
    requestIdleCallback(work, { timeout: 3000 })
  else setTimeout(work, 1500)
}
