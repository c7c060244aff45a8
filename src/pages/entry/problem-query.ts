import type { LocationQuery } from 'vue-router'
import type { Problem, ProblemCode } from '../../stores/session/index.ts'

/** What the BFF says when the browser login failed: `/entry?problem=<code>&request=<id>&login=<short code>`. */
export function problemFromQuery(query: LocationQuery): Problem | undefined {
  const { problem, request, login } = query
  if (typeof problem !== 'string' || !/^[a-z_]{1,40}$/.test(problem))
    return undefined
  return {
    // An unknown code shows the general text; see problem-texts.ts.
    code: problem as ProblemCode,
    ...(typeof login === 'string' && /^[2-9A-Z]{6}$/.test(login) && { loginCode: login }),
    ...(typeof request === 'string' && /^[\w.:-]{1,80}$/.test(request) && { requestId: request }),
  }
}
