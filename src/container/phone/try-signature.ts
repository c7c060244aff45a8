import { usePhone } from './index.ts'

/** Milliseconds until the router has settled: the address that is signed must still be the page's when the client compares. */
const settledAfter = 1500

/** Has the client judge our page signature once; what it says goes to the doctor (`POST /api/jsapi/verdict`). */
export async function trySignature(): Promise<void> {
  await new Promise(resolve => setTimeout(resolve, settledAfter))
  // Why not is told to the doctor, not here.
  await usePhone().tryAccess().catch(() => {})
}
