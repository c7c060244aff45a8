import type { ClientFailure } from '#contract/client-failures.ts'
import type { DingTalkExplanation } from '#contract/errors.ts'
import type { ApiErrorCode } from '../../api/errors.ts'
import type { ContainerErrorKind } from '../../container/errors.ts'
import { clientFailures } from '#contract/client-failures.ts'
import { isApiError } from '../../api/errors.ts'
import { ContainerError } from '../../container/errors.ts'
import { isLoadFailure } from '../../support/load-failure.ts'

/** What only the H5 itself can notice. */
export type LocalProblemCode = 'cookies_blocked' | 'login_unfinished' | 'unknown'

export type ProblemCode = ApiErrorCode | `container_${ContainerErrorKind}` | LocalProblemCode

/** Why somebody is not in, as far as the problem page needs it. */
export interface Problem {
  code: ProblemCode
  /** The server's own words, in the reader's language; the page has texts of its own for every code. */
  message?: string
  help?: string
  requestId?: string
  ask?: readonly string[]
  /** The short code under which administrators find what happened. */
  loginCode?: string
  dingtalk?: DingTalkExplanation
  /** The client's or DingTalk's own code and text, for whoever helps. */
  detail?: string
}

/** Explains any failure of the login. */
export function problemFrom(error: unknown): Problem {
  if (isApiError(error)) {
    return {
      code: error.code,
      ask: error.ask,
      ...(error.status > 0 && error.message !== error.code && { message: error.message }),
      ...(error.help && { help: error.help }),
      ...(error.requestId && { requestId: error.requestId }),
      ...(error.loginCode && { loginCode: error.loginCode }),
      ...(error.dingtalk && { dingtalk: error.dingtalk }),
    }
  }
  if (error instanceof ContainerError)
    return { code: `container_${error.kind}`, detail: `${error.code}: ${error.message}` }
  // The SDK is fetched when it is needed; the network may be gone by then.
  if (isLoadFailure(error))
    return { code: 'network' }
  return { code: 'unknown', detail: error instanceof Error ? error.message : String(error) }
}

const isClientFailure = (code: string): code is ClientFailure => (clientFailures as readonly string[]).includes(code)

/** What is worth reporting of a problem the server has no trail of; null where it has one, or cannot be asked. */
export function reportOf({ code, loginCode, requestId, detail }: Problem): { code: ClientFailure, detail?: string } | null {
  if (loginCode || requestId || !isClientFailure(code))
    return null
  return { code, ...(detail && { detail: detail.slice(0, 200) }) }
}

/** These say that the person has no place here: the session shown meanwhile has to end. */
const final: ReadonlySet<ProblemCode> = new Set(['account_disabled', 'member_unknown', 'member_external', 'wrong_corp', 'container_notMember'])

/** Whether a failed background check ends the session; anything else must not disturb the person. */
export function endsSession(problem: Problem): boolean {
  return final.has(problem.code)
}
