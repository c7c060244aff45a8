import type { Grant } from '../tokens/user-token.ts'
import type { Clock } from '../world/clock.ts'
import { createExpiringMap } from '../world/expiring.ts'
import { opaque } from '../world/ids.ts'

const CODE_LIFE_MS = 5 * 60_000

/** One-time codes, 5 minutes each. The two kinds are strangers to each other (dingtalk-server-api §2.3, §3.2). */
export interface Codes {
  issueLogin: (userid: string) => string
  /** The userid, once; undefined for used, expired, unknown codes and codes of the other kind. */
  takeLogin: (code: string) => string | undefined
  issueAuth: (grant: Grant) => string
  takeAuth: (code: string) => Grant | undefined
}

export function createCodes(clock: Clock): Codes {
  const login = createExpiringMap<string>(clock)
  const auth = createExpiringMap<Grant>(clock)
  return {
    issueLogin(userid) {
      const code = opaque()
      login.set(code, userid, CODE_LIFE_MS)
      return code
    },
    takeLogin: code => login.take(code),
    issueAuth(grant) {
      const code = opaque()
      auth.set(code, grant, CODE_LIFE_MS)
      return code
    },
    takeAuth: code => auth.take(code),
  }
}
