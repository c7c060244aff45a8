import type { Sdk } from './types.ts'
import { ContainerError } from './errors.ts'
import { withTimeout } from './timeout.ts'
import { knowsUnionLogin } from './version.ts'

export interface LoginApp {
  corpId: string
  /** Absent: only the classic method can be used. */
  clientId: string | null
}

/** Milliseconds; people look at a blank hand-over meanwhile. */
const loginTimeout = 8000

/**
 * Asks the client for a one-time login code (5 minutes, one use; dingtalk-jsapi §4).
 *
 * The union method (V2) comes first. The classic one follows only where V2 cannot exist: a client
 * older than its floor, or one that answers "unknown method". A timeout or a cancellation is
 * final: the classic call would hang or ask in the same way and double the wait.
 * @throws ContainerError
 */
export async function requestLoginCode(sdk: Sdk, { corpId, clientId }: LoginApp, limit = loginTimeout): Promise<string> {
  const classic = () => withTimeout(() => sdk.requestAuthCode({ corpId }), limit)
  if (!clientId || !knowsUnionLogin(sdk.platform, sdk.version))
    return codeOf(await classic())
  try {
    return codeOf(await withTimeout(() => sdk.requestAuthCodeV2({ corpId, clientId }), limit))
  }
  catch (error) {
    if (error instanceof ContainerError && error.kind === 'unsupported')
      return codeOf(await classic())
    throw error
  }
}

/** The client's answer is outside data: a code is a non-empty text. */
function codeOf(answer: unknown): string {
  const code = typeof answer === 'object' && answer !== null && 'code' in answer ? answer.code : undefined
  if (typeof code !== 'string' || code === '')
    throw new ContainerError('native', 'no_code', 'the client answered without a code')
  return code
}
