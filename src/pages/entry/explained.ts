import type { Problem } from '../../stores/session/index.ts'
import { request } from '../../api/index.ts'

/**
 * A failed browser login as the server remembers it for this browser: cause, fix, and whom to ask. The address carries its
 * codes only; where the server does not know more, the page says what it can without.
 */
export async function explained(problem: Problem): Promise<Problem> {
  if (!problem.loginCode)
    return problem
  const { problem: found } = await request('GET /api/session/problem', { recover: false, timeout: 10_000 }).catch(() => ({ problem: null }))
  // Another tab's login may have failed since.
  return found?.loginCode === problem.loginCode ? { ...problem, ...found, code: problem.code } : problem
}
